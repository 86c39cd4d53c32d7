/** The process as native libraries see it. */
package dev.cyclestream.process;
