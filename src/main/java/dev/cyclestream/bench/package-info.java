/**
 * What the machinery around a generator costs: raw inference and the whole path through a real broker, in one run.
 *
 * <p>Enter at {@link dev.cyclestream.bench.Benchmark}.
 */
package dev.cyclestream.bench;
