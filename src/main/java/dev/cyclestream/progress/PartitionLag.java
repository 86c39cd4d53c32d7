package dev.cyclestream.progress;

import java.time.Duration;
import java.util.Optional;

/**
 * The distance of this instance from the end of a partition.
 *
 * @param topic of image events
 * @param partition that this instance reads
 * @param records that wait in it: the end of the log less what is committed
 * @param oldest the time since the timestamp of the first record that is not done, zero where nothing waits; empty where that record
 *     has no timestamp or could not be looked at
 */
public record PartitionLag(String topic, int partition, long records, Optional<Duration> oldest) {}
