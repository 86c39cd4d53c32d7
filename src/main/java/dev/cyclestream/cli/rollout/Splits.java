package dev.cyclestream.cli.rollout;

import dev.cyclestream.cli.value.Share;
import dev.cyclestream.rollout.Split;

/** Splits in words. */
final class Splits {

    private Splits() {}

    static String describe(Split split) {
        String stable = "stable %s".formatted(split.stable());
        return split.candidate()
                .map(candidate -> "%s, candidate %s%s%s"
                        .formatted(
                                stable,
                                candidate.checkpoint(),
                                candidate.share() > 0
                                        ? " with %s of the keys".formatted(Share.describe(candidate.share()))
                                        : "",
                                candidate.shadow() ? " in the shadow" : ""))
                .orElse(stable);
    }
}
