package dev.cyclestream.rollout.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.rollout.InstanceReport;
import dev.cyclestream.rollout.InstancesTopic;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An instance in this process that takes part in roll-outs; it begins with checkpoint a. */
final class RolloutMember implements AutoCloseable {

    private final KafkaConnection connection;
    private final String applicationId;
    private final InstanceRollout rollout;
    private final TranslationApplication application;
    private boolean closed;

    /** The topics of an instance. */
    record Topics(String input, String output, String deadLetters) {}

    RolloutMember(KafkaConnection connection, String applicationId, Topics topics, CheckpointLoading loading) {
        this.connection = connection;
        this.applicationId = applicationId;
        rollout = new InstanceRollout(connection, applicationId, loading);
        ImageTranslator translator = Variants.translator('a');
        rollout.begin(translator, Path.of("a.onnx"), topics.input(), topics.output());
        StreamSettings settings = new StreamSettings(
                applicationId,
                topics.deadLetters(),
                2,
                1 << 19,
                new StreamSettings.Tuning(5, 16, Duration.ofMillis(100), Duration.ofSeconds(10), Optional.empty()));
        application = TranslationApplication.of(
                List.of(new Route(topics.input(), topics.output(), translator, rollout.translators())),
                settings,
                connection);
    }

    void start() throws InterruptedException {
        rollout.start(application.memberName(), SplitCheck.NONE);
        application.start();
        application.awaitRunning();
    }

    TranslationApplication application() {
        return application;
    }

    /** The last report of this instance; empty if it has not reported. */
    Optional<InstanceReport> report() {
        try (InstancesTopic topic = new InstancesTopic(connection, applicationId)) {
            return Optional.ofNullable(topic.read().get(application.memberName().value()));
        }
    }

    /** True if it could work by a split, and has said so. */
    boolean couldWorkBy(long split) {
        return report().filter(report -> report.available().getOrDefault(Direction.A_TO_B, 0L) >= split)
                .isPresent();
    }

    void requireAlive() {
        assertThat(application.failure()).isEmpty();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            application.close();
            rollout.close();
        }
    }
}
