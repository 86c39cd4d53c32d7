/**
 * Values of command-line options, for the translator and the trainer alike: ranges, sizes, durations, and files and folders
 * that can be looked at before any work begins. No parser of command lines: that is at home where the commands are.
 */
package dev.cyclestream.option;
