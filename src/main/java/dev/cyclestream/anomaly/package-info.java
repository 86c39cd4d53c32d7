/**
 * The anomaly score of a stream: three detectors look at a few pixels of each result, and for a share of the results the other
 * direction translates back what was written, off the stream's path. A low cycle error proves nothing, since a generator can hide its
 * input in noise; a high one means something. So it is a score of anomalies, never of quality.
 *
 * <p>Enter at {@link dev.cyclestream.anomaly.AnomalyWatch}.
 */
package dev.cyclestream.anomaly;
