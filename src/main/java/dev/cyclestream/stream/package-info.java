/**
 * Images through Kafka: the topology, what is done about failures, and the settings of every client. The only home of
 * Kafka, beside {@code dev.cyclestream.replay}.
 *
 * <p>Enter at {@link dev.cyclestream.stream.TranslationTopology} for what happens to an image, at
 * {@link dev.cyclestream.stream.TranslationApplication} for the process around it.
 */
package dev.cyclestream.stream;
