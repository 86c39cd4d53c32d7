package dev.cyclestream.rollout.live;

import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.Role;
import dev.cyclestream.rollout.Split;
import java.util.Optional;

/**
 * The translators of a record. They stay open until this is closed.
 *
 * @param translator makes the result
 * @param shadow makes another one for the topic beside; empty if nothing is shadowed
 * @param split that holds for the record; empty where none was announced
 * @param role of the translator
 * @param activation of the split, if it begins to hold with this record
 * @param release is run at the end
 */
public record Chosen(
        ImageTranslator translator,
        Optional<ImageTranslator> shadow,
        Optional<Split> split,
        Role role,
        Optional<Activation> activation,
        Runnable release)
        implements AutoCloseable {

    /** The one translator of a direction without roll-outs. */
    public static Chosen only(ImageTranslator translator) {
        return new Chosen(translator, Optional.empty(), Optional.empty(), Role.STABLE, Optional.empty(), () -> {});
    }

    @Override
    public void close() {
        release.run();
    }
}
