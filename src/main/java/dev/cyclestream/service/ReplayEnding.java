package dev.cyclestream.service;

import dev.cyclestream.replay.ReplayName;
import dev.cyclestream.replay.ReplayPlan;
import dev.cyclestream.replay.ReplayPlanner;
import dev.cyclestream.replay.ReplayProgress;
import dev.cyclestream.replay.ReplayRequest;
import dev.cyclestream.replay.Unread;
import dev.cyclestream.stream.TranslationApplication;
import java.util.List;
import java.util.Optional;

/**
 * The ending of an instance of a replay, in a line and an exit code: 0 only if all of the range was read.
 *
 * @param line the last one
 */
public record ReplayEnding(String line, int exitCode) {

    /** Nothing was planned. */
    public static ReplayEnding ofNothing(ReplayRequest request, ReplayPlanner.Planned planned) {
        String range = "%s from %s".formatted(request.sourceTopic(), request.range());
        return planned.unread().isEmpty()
                ? new ReplayEnding("%s holds no record: nothing to do".formatted(range), ExitCode.OK)
                : new ReplayEnding(
                        "%s: nothing is there that could be replayed: %s"
                                .formatted(range, Unread.describe(planned.unread())),
                        ExitCode.SOFTWARE);
    }

    /** Every partition is at its bound. */
    public static ReplayEnding complete(ReplayPlan plan, List<Unread> unread) {
        return new ReplayEnding(
                "replay %s is complete%s: %d offsets of %s are in %s, or in %s if they cannot be translated"
                        .formatted(
                                plan.name(),
                                unread.isEmpty() ? "" : ", except for " + Unread.describe(unread),
                                plan.length(),
                                plan.source().topic(),
                                plan.output().topic(),
                                new ReplayName(plan.name()).deadLetterTopic()),
                unread.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE);
    }

    /**
     * However far it is.
     *
     * @param told whether the instance was told to stop
     * @param failure what it failed of
     */
    public static ReplayEnding of(ReplayPlan plan, ReplayProgress progress, boolean told, Optional<Throwable> failure) {
        if (progress.isComplete()) {
            return complete(plan, progress.unread());
        }
        return new ReplayEnding(
                "replay %s is not complete: %s; this instance %s; start it again to go on"
                        .formatted(
                                plan.name(),
                                progress.describe(),
                                failure.map(e -> "stopped: " + TranslationApplication.describe(e))
                                        .orElse(told ? "was told to stop" : "stopped")),
                ExitCode.SOFTWARE);
    }
}
