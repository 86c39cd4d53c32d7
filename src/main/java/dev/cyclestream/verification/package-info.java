/**
 * Outputs made again from their provenance, and held against what is in the topic. Enter at
 * {@link dev.cyclestream.verification.Verification}.
 */
package dev.cyclestream.verification;
