/**
 * The live application: its topology, its processor, and the settings of all its clients.
 *
 * <p>Enter at {@link dev.cyclestream.stream.TranslationTopology} for what happens to an image, at
 * {@link dev.cyclestream.stream.TranslationApplication} for the process around it. Records that fail are described in
 * {@code dev.cyclestream.deadletter}.
 */
package dev.cyclestream.stream;
