package dev.cyclestream.ops;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The health of the application.
 *
 * @param isAlive whether it could work again without a restart; rebalancing and waiting are life
 * @param whyNotReady what it waits for: its partitions, the registry; empty if it works
 */
public record Health(BooleanSupplier isAlive, Supplier<Optional<String>> whyNotReady) {}
