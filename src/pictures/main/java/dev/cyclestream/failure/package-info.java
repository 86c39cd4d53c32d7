/**
 * The three homes of failures, for the translator and the trainer alike: an input that is rejected, something that is
 * unavailable, a wrong set-up. Everything else is a fault of the program, and shows its stack trace.
 *
 * <p>Enter at {@link dev.cyclestream.failure.FailureReport}, which says a failure to the user.
 */
package dev.cyclestream.failure;
