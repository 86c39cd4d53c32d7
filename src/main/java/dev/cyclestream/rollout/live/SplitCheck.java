package dev.cyclestream.rollout.live;

import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.Split;
import java.util.List;
import java.util.Optional;

/** The last check of a split all of whose checkpoints are loaded. */
@FunctionalInterface
public interface SplitCheck {

    /** Finds nothing. */
    SplitCheck NONE = (split, translators) -> Optional.empty();

    /**
     * Says why an instance cannot work by a split.
     *
     * @param translators of its checkpoints
     * @return for people; empty if it can
     */
    Optional<String> complaint(Split split, List<ImageTranslator> translators);
}
