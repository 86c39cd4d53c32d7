package dev.cyclestream.replay;

import dev.cyclestream.event.Direction;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The splits by which a range was made. Others may be announced while the range is replayed; these stay as they are.
 *
 * @param applicationId whose splits they are
 * @param direction that the range is translated in
 * @param sha256s of what each split says about results, in the order of their numbers
 */
public record RecordedSplits(String applicationId, Direction direction, List<String> sha256s) {

    private static final int DIGITS = 12;

    public RecordedSplits {
        sha256s = List.copyOf(sha256s);
    }

    /** All splits of a schedule. */
    public static RecordedSplits of(String applicationId, Direction direction, Schedule schedule) {
        return new RecordedSplits(
                applicationId,
                direction,
                schedule.announcements().stream()
                        .map(announcement -> sha256(announcement.split()))
                        .toList());
    }

    private static String sha256(Split split) {
        String candidate = split.candidate()
                .map(trial -> "%s %s %s".formatted(text(trial.checkpoint()), trial.share(), trial.salt()))
                .orElse("");
        return DigestUtils.sha256Hex(
                "%d %s %s %s".formatted(split.number(), split.direction(), text(split.stable()), candidate));
    }

    private static String text(NamedCheckpoint checkpoint) {
        return checkpoint.sha256() + " " + checkpoint.name();
    }

    /** The first so many; all of them if there are fewer. */
    RecordedSplits first(int most) {
        return new RecordedSplits(applicationId, direction, sha256s.subList(0, Math.min(most, sha256s.size())));
    }

    int size() {
        return sha256s.size();
    }

    /** For people; different splits look different. */
    @Override
    public String toString() {
        return "%s of splits 1 to %d of %s (%s)"
                .formatted(
                        direction,
                        size(),
                        applicationId,
                        DigestUtils.sha256Hex(String.join(" ", sha256s)).substring(0, DIGITS));
    }
}
