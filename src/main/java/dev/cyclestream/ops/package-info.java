/**
 * Metrics for Prometheus, and health over HTTP. The only home of Micrometer.
 *
 * <p>Enter at {@link dev.cyclestream.ops.OperationsServer}.
 */
package dev.cyclestream.ops;
