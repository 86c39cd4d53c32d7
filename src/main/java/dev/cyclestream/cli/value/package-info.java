/** What options of the translator take that is more than a number: a value that exists is one that Kafka, a registry or a store takes. */
package dev.cyclestream.cli.value;
