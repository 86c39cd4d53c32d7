/** Values of the translator's options that are more than a number: a value that exists is one that Kafka, a registry or a store takes. */
package dev.cyclestream.cli.value;
