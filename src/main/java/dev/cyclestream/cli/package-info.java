/** The commands, thin: options in, one call of the package that does the work. The only home of picocli. */
package dev.cyclestream.cli;
