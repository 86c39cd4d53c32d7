package dev.cyclestream.service;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.replay.LivePositions;
import dev.cyclestream.replay.RecordedSplits;
import dev.cyclestream.replay.ReplayPlan;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.ActivationsTopic;
import dev.cyclestream.rollout.Announcement;
import dev.cyclestream.rollout.RolloutRefusedException;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.ScheduleTopic;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.live.RecordedTranslators;
import dev.cyclestream.stream.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The maker of what an application has made, once more: by its schedule, and by the activations that are on record.
 *
 * @param live positions of the application; the schedule was read after them, so that it has every split that holds before them
 */
public record RecordedMaker(KafkaConnection connection, LivePositions live, Schedule schedule, Direction direction)
        implements ReplayMaker {

    /**
     * Finds what was decided for a topic.
     *
     * @param wanted direction; empty if what is on record says it
     * @throws RolloutRefusedException if nothing was
     */
    public static RecordedMaker of(
            KafkaConnection connection, String applicationId, String topic, Optional<Direction> wanted) {
        LivePositions live = LivePositions.of(connection, applicationId, topic);
        Schedule schedule = new ScheduleTopic(connection, applicationId).read();
        if (schedule.announcements().isEmpty()) {
            throw new RolloutRefusedException(
                    "--as-scheduled: expected an application with roll-outs, found none of %s; its one checkpoint can be given with --checkpoint"
                            .formatted(applicationId));
        }
        List<Activation> activations = activations(connection, applicationId, topic);
        return new RecordedMaker(connection, live, schedule, direction(topic, schedule, activations, wanted));
    }

    private static List<Activation> activations(KafkaConnection connection, String applicationId, String topic) {
        try (ActivationsTopic activations = new ActivationsTopic(connection, applicationId)) {
            return activations.all().stream()
                    .filter(activation -> activation.topic().equals(topic))
                    .toList();
        }
    }

    private static Direction direction(
            String topic, Schedule schedule, List<Activation> activations, Optional<Direction> wanted) {
        Set<Direction> recorded = activations.stream()
                .flatMap(activation -> schedule.split(activation.split()).stream())
                .map(Split::direction)
                .collect(Collectors.toCollection(TreeSet::new));
        if (recorded.isEmpty()) {
            schedule.announcements().stream()
                    .map(Announcement::split)
                    .map(Split::direction)
                    .forEach(recorded::add);
        }
        if (wanted.isPresent() ? !recorded.contains(wanted.get()) : recorded.size() != 1) {
            throw new RolloutRefusedException(
                    "--direction: expected the one in which %s was translated, of %s, found %s"
                            .formatted(
                                    topic, recorded, wanted.map(Direction::name).orElse("none")));
        }
        return wanted.orElseGet(() -> recorded.iterator().next());
    }

    /** The splits, for the recipe of a replay. */
    public RecordedSplits splits() {
        return RecordedSplits.of(live.applicationId(), direction, schedule);
    }

    @Override
    public Route route(ReplayPlan plan, Instance instance, InstanceSettings settings, TranslationMetrics metrics) {
        ActivationsTopic activations = instance.own(new ActivationsTopic(connection, live.applicationId()));
        List<RecordedTranslators.Part> range = plan.work().stream()
                .map(part -> new RecordedTranslators.Part(part.partition(), part.from(), part.to()))
                .toList();
        RecordedTranslators translators = instance.own(new RecordedTranslators(
                new RecordedTranslators.Decided(schedule, activations, direction),
                plan.source().topic(),
                plan.source().topicId(),
                range,
                new FetchedCheckpoints(settings, metrics)));
        return new Route(plan.source().topic(), plan.output().topic(), translators.any(), translators);
    }
}
