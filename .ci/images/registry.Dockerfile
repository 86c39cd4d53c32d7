# Apicurio Registry, as its image apicurio/apicurio-registry is used: settings by variables, port 8080.
ARG JDK_IMAGE
FROM ${JDK_IMAGE}
COPY registry /deployments
RUN useradd --uid 1001 registry
USER registry
WORKDIR /tmp
ENV QUARKUS_HTTP_HOST=0.0.0.0
ENTRYPOINT ["java", "-Xmx512m", "-jar", "/deployments/quarkus-run.jar"]
