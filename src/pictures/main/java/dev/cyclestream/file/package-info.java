/**
 * Files that are there with all of their content or not at all, whatever ends the program that writes them.
 *
 * <p>Enter at {@link dev.cyclestream.file.WholeFile}.
 */
package dev.cyclestream.file;
