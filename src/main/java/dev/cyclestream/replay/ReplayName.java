package dev.cyclestream.replay;

import dev.cyclestream.deadletter.redrive.Redrive;
import dev.cyclestream.stream.StreamSettings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a replay and of all that belongs to it: its group and its topics carry the name.
 *
 * @param value letters, digits, dots, underscores and hyphens: what topics may be called
 */
public record ReplayName(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,150}");
    private static final String PREFIX = "cyclestream-replay-";
    private static final String PLAN = "-plan";

    public ReplayName {
        if (!isAllowed(value)) {
            throw new IllegalArgumentException(
                    "expected up to 150 letters, digits, dots, underscores and hyphens, found \"%s\"".formatted(value));
        }
    }

    /** True if a replay may be called so. */
    static boolean isAllowed(String value) {
        return ALLOWED.matcher(value).matches();
    }

    /**
     * The name of a replay that nobody gave one.
     *
     * @param mark of the recipe
     */
    public static ReplayName of(String sourceTopic, String mark) {
        return new ReplayName(sourceTopic + "-" + mark);
    }

    /** Consumer group, and prefix of transactional ids. */
    public String applicationId() {
        return PREFIX + value;
    }

    /** The topic of the plan. */
    public String planTopic() {
        return applicationId() + PLAN;
    }

    /** The topic of inputs that can never be translated: not among those of the live application. */
    public String deadLetterTopic() {
        return applicationId() + "-dead-letters";
    }

    /**
     * Everything but images that is written for the replay goes there; the plan, which says what else there is, comes last. The
     * topic of a replay that is called alike but for more letters is none of them.
     */
    List<String> ownTopics() {
        return List.of(
                Redrive.notesOf(deadLetterTopic()),
                deadLetterTopic(),
                StreamSettings.failuresTopic(applicationId()),
                planTopic());
    }

    /** The replay whose plan is in this topic, if it is one for plans. */
    static Optional<ReplayName> ofPlanTopic(String topic) {
        return topic.startsWith(PREFIX) && topic.endsWith(PLAN) && topic.length() > PREFIX.length() + PLAN.length()
                ? Optional.of(topic.substring(PREFIX.length(), topic.length() - PLAN.length()))
                        .filter(ReplayName::isAllowed)
                        .map(ReplayName::new)
                : Optional.empty();
    }

    /**
     * The topic of the images if nobody names one: named after source and recipe, and after the replay if it has a name.
     *
     * @param mark of the recipe
     */
    public String outputTopic(String sourceTopic, String mark) {
        String topic = "%s-replay-%s".formatted(sourceTopic, mark);
        return equals(of(sourceTopic, mark)) ? topic : topic + "-" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
