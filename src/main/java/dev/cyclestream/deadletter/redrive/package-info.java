/**
 * The way back of dead letters to the topics that they came from. Enter at {@link
 * dev.cyclestream.deadletter.redrive.Redrive}.
 */
package dev.cyclestream.deadletter.redrive;
