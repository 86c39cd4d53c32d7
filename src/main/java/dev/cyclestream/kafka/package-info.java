/**
 * Kafka beneath everything else: the connection and the properties of its clients, topics and their limits, committed
 * reading, and a broker inside this process. Enter at {@link dev.cyclestream.kafka.KafkaConnection}.
 */
package dev.cyclestream.kafka;
