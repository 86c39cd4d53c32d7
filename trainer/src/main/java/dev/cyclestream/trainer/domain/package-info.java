/** The two domains and the two directions between them: the words that all of the trainer shares, each spelled once. */
package dev.cyclestream.trainer.domain;
