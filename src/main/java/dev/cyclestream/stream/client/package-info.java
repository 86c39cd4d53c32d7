/**
 * The Kafka clients of an application: consumers that may be bounded, hold partitions back and get past what they cannot read,
 * producers that tell of their transactions.
 */
package dev.cyclestream.stream.client;
