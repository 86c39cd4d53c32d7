# A broker that takes its settings as Apache's image apache/kafka does: KAFKA_* variables, CLUSTER_ID, /opt/kafka/bin.
ARG JDK_IMAGE
FROM ${JDK_IMAGE}
COPY libs /opt/kafka/libs
COPY kafka /etc/kafka/docker
COPY kafka-bin /opt/kafka/bin
RUN mkdir -p /opt/kafka/config /mnt/shared/config /var/lib/kafka/data \
 && chmod 755 /opt/kafka/bin/* \
 && useradd --uid 1000 appuser \
 && chown -R appuser /opt/kafka/config /var/lib/kafka /mnt/shared
USER appuser
ENTRYPOINT ["/opt/kafka/bin/start"]
