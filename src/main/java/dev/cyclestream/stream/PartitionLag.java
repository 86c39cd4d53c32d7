package dev.cyclestream.stream;

/**
 * How far this instance is behind.
 *
 * @param topic of image events
 * @param partition that this instance reads
 * @param records that wait in it
 */
public record PartitionLag(String topic, int partition, double records) {}
