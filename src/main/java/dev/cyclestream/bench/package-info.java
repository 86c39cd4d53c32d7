/**
 * Measurements of the machinery around a generator: raw inference and the whole path through a real broker, in one run.
 *
 * <p>Enter at {@link dev.cyclestream.bench.Benchmark}.
 */
package dev.cyclestream.bench;
