/** The schedule of the learning rate. */
package dev.cyclestream.trainer.optimizer;
