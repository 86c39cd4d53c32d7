/** Options that commands share, the types of their values, and the environment variables that they default to. */
package dev.cyclestream.cli.option;
