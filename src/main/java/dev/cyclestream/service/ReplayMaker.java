package dev.cyclestream.service;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.replay.ReplayPlan;
import dev.cyclestream.stream.Route;

/** The maker of a replay's images: one checkpoint, or those that made the range. */
@FunctionalInterface
public interface ReplayMaker {

    /**
     * Loads what makes the images of a plan.
     *
     * @param instance that owns it
     */
    Route route(ReplayPlan plan, Instance instance, InstanceSettings settings, TranslationMetrics metrics);

    /** One checkpoint, which has a direction. */
    static ReplayMaker of(Checkpoint checkpoint) {
        return (plan, instance, settings, metrics) -> new Route(
                plan.source().topic(), plan.output().topic(), instance.own(settings.load(checkpoint, metrics)));
    }
}
