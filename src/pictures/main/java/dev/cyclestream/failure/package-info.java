/**
 * The three homes of failures: an input that is rejected, something that is unavailable, a wrong set-up. Everything else is a
 * fault of the program, and shows its stack trace.
 */
package dev.cyclestream.failure;
