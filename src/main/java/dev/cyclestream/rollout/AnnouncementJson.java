package dev.cyclestream.rollout;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.cyclestream.event.Direction;
import dev.cyclestream.rollout.Split.Candidate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** An announcement as the schedule's topic holds it: an object of JSON, which a person or a script can read, too. */
final class AnnouncementJson {

    private static final Gson GSON = new Gson();

    private AnnouncementJson() {}

    /** The object; {@code candidate} and what belongs to it are left out where there is none. */
    private record Line(
            long split,
            Direction direction,
            NamedCheckpoint stable,
            NamedCheckpoint candidate,
            Double share,
            Boolean shadow,
            String salt,
            Announcement.Action action,
            String by,
            String at) {}

    static String write(Announcement announcement) {
        Split split = announcement.split();
        Optional<Candidate> candidate = split.candidate();
        return GSON.toJson(new Line(
                split.number(),
                split.direction(),
                split.stable(),
                candidate.map(Candidate::checkpoint).orElse(null),
                candidate.map(Candidate::share).orElse(null),
                candidate.map(Candidate::shadow).orElse(null),
                candidate.map(Candidate::salt).orElse(null),
                announcement.action(),
                announcement.by(),
                announcement.at().toString()));
    }

    /**
     * Reads an announcement.
     *
     * @param where it is from, for messages
     * @throws UnreadableScheduleException if it is none
     */
    static Announcement read(String json, String where) {
        try {
            Line line = GSON.fromJson(json, Line.class);
            if (line == null || line.direction == null || line.stable == null || line.action == null) {
                throw new UnreadableScheduleException(where, "an announced split", json, null);
            }
            Optional<Candidate> candidate = line.candidate == null
                    ? Optional.empty()
                    : Optional.of(new Candidate(line.candidate, line.share, line.shadow, line.salt));
            return new Announcement(
                    new Split(line.split, line.direction, line.stable, candidate),
                    line.action,
                    line.by,
                    Instant.parse(line.at));
        } catch (JsonParseException | DateTimeException | IllegalArgumentException | NullPointerException e) {
            throw new UnreadableScheduleException(where, "an announced split", json, e);
        }
    }
}
