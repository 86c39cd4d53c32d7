#!/bin/sh
export CLASSPATH='/opt/kafka/libs/*'
exec java -Xmx128m -Dlogback.configurationFile=/etc/kafka/docker/logback.xml org.apache.kafka.tools.TopicCommand "$@"
