# Debian with a JDK of the newest LTS, for the build stages.
ARG DEBIAN_IMAGE
FROM ${DEBIAN_IMAGE}
RUN apt-get update -qq \
 && apt-get install -qq --no-install-recommends openjdk-25-jdk-headless >/dev/null \
 && rm -rf /var/lib/apt/lists/*
