package dev.cyclestream.replay;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.AuthorizationException;

/** The images that replays left out, as their plans say. */
public final class ReplayGaps {

    private static final String UNKNOWN = "no plan of it is found, so nobody knows what it left out";

    private final KafkaConnection connection;

    public ReplayGaps(KafkaConnection connection) {
        this.connection = connection;
    }

    /** A phrase for each reason why images of a replay's range were not translated; none if all were read. */
    public List<String> of(String replay) {
        if (!ReplayName.isAllowed(replay)) {
            return List.of(UNKNOWN);
        }
        ReplayName name = new ReplayName(replay);
        try (Topics topics = new Topics(connection)) {
            if (!topics.exists(name.planTopic())) {
                return List.of(UNKNOWN);
            }
        }
        try {
            return new PlanTopic(connection, name).read().map(ReplayGaps::of).orElse(List.of(UNKNOWN));
        } catch (AuthorizationException e) {
            return List.of("its plan may not be read, so nobody knows what it left out: " + e.getMessage());
        }
    }

    private static List<String> of(PlanTopic.Content content) {
        List<String> gaps = new ArrayList<>();
        if (!content.complete()) {
            gaps.add("it is not complete");
        }
        if (!content.unread().isEmpty()) {
            gaps.add(Unread.describe(content.unread()));
        }
        return gaps;
    }
}
