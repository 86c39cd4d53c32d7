package dev.cyclestream.ops;

import java.util.function.BooleanSupplier;

/**
 * How the application is.
 *
 * @param isAlive whether it could work again without a restart; rebalancing and waiting are life
 * @param isReady whether it has its partitions and its checkpoints
 */
public record Health(BooleanSupplier isAlive, BooleanSupplier isReady) {}
