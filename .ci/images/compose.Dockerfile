# Debian's Compose 2, for machines whose own Debian has only Compose 1.
ARG DEBIAN_IMAGE
FROM ${DEBIAN_IMAGE}
RUN apt-get update -qq \
 && apt-get install -qq --no-install-recommends docker-compose >/dev/null \
 && rm -rf /var/lib/apt/lists/*
ENTRYPOINT ["docker-compose"]
