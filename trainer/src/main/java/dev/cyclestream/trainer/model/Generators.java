package dev.cyclestream.trainer.model;

import dev.cyclestream.trainer.pytorch.TrainableNetwork;

/** One generator for each direction; whoever made them owns them. */
public record Generators(TrainableNetwork aToB, TrainableNetwork bToA) {}
