/**
 * The wire contract: the records that travel through Kafka, generated from the schemas beside them, and their serdes.
 *
 * <p>Enter at {@link dev.cyclestream.event.EventSerdes}.
 */
package dev.cyclestream.event;
