/** Adam as PyTorch computes it, with a state that can be saved, and the schedule of its learning rate. */
package dev.cyclestream.trainer.optimizer;
