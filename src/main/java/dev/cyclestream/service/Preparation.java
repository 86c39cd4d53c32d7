package dev.cyclestream.service;

import dev.cyclestream.event.RegistryUnreachableException;
import dev.cyclestream.event.WrongSubjectException;
import dev.cyclestream.kafka.BrokerSettings;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.stream.setup.SetUp;
import dev.cyclestream.stream.setup.SetUpCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks before an instance joins its group: everything that can be known to be wrong is said, all of it at once, and only
 * then topics are made.
 */
public final class Preparation {

    private static final Logger LOGGER = LoggerFactory.getLogger(Preparation.class);

    private final KafkaConnection connection;
    private final List<Route> routes;
    private final SetUp setUp;
    private final Wishes wishes;
    private boolean registryAsked;
    private Optional<SplitTiming> timing = Optional.empty();

    /**
     * The wishes of the user.
     *
     * @param checksOnly whether nothing is changed and nothing waited for
     * @param makesTopics whether topics that are missing are made
     * @param partitions of those; empty leaves it to the brokers
     * @param translatesAgain whether inputs may be translated that have results
     * @param rate most images a second; infinite if there is no limit
     */
    public record Wishes(
            boolean checksOnly,
            boolean makesTopics,
            Optional<Integer> partitions,
            boolean translatesAgain,
            double rate) {}

    public Preparation(KafkaConnection connection, SetUp setUp, List<Route> routes, Wishes wishes) {
        this.connection = connection;
        this.setUp = setUp;
        this.routes = routes;
        this.wishes = wishes;
    }

    /** The settings to work with, for topics that are there; empty if something must be changed first, which was said then. */
    public Optional<StreamSettings> settings(Tuning tuning) {
        try (SetUpCheck check = new SetUpCheck(connection, setUp, wishes.partitions())) {
            BrokerSettings brokers = BrokerSettings.of(connection);
            Tuning.Workload workload = new Tuning.Workload(
                    setUp.applicationId(),
                    setUp.deadLetterTopic(),
                    routes,
                    check.topics().inputPartitions(brokers.partitions()),
                    wishes.rate());
            Tuning.Checked timed = tuning.settings(workload, brokers, check.limitsOfDeadLetters());
            List<String> complaints = new ArrayList<>(check.ofBrokers(wishes.makesTopics()));
            complaints.addAll(timed.violations());
            boolean sound = isSound(complaints);
            boolean soundInRegistry = isSound(askRegistry(check));
            if (!sound || !soundInRegistry) {
                return Optional.empty();
            }
            makeTopics(check, tuning.maxImageBytes());
            timing = Optional.of(
                    new SplitTiming(timed.settings(), workload.inputPartitions(), brokers.longestTransaction()));
            return Optional.of(timed.settings());
        }
    }

    /** The check of a roll-out's splits by the settings that were made. */
    SplitTiming splitTiming() {
        return timing.orElseThrow(() -> new IllegalStateException("there are no settings yet"));
    }

    private List<String> askRegistry(SetUpCheck check) {
        try {
            List<String> complaints = check.ofRegistry(wishes.translatesAgain());
            registryAsked = true;
            return complaints;
        } catch (RegistryUnreachableException e) {
            if (wishes.checksOnly()) {
                throw e;
            }
            return List.of();
        }
    }

    private static boolean isSound(List<String> complaints) {
        complaints.forEach(line -> LOGGER.error("{}", line));
        return complaints.isEmpty();
    }

    private void makeTopics(SetUpCheck check, int maxImageBytes) {
        if (wishes.checksOnly()) {
            check.topics().describe().forEach(topic -> System.out.println("would make " + topic));
        } else {
            check.makeTopics(StreamSettings.maxRecordBytes(maxImageBytes))
                    .forEach(topic -> LOGGER.info("made topic {}", topic));
        }
    }

    /**
     * Waits for the registry if it was away, and asks it then.
     *
     * @param longest how long; empty waits without end
     * @return the exit code to end with if the instance must not go on
     */
    public Optional<Integer> awaitRegistry(TranslationApplication application, Optional<Duration> longest)
            throws InterruptedException {
        try {
            if (!application.awaitRegistry(longest)) {
                return Optional.of(ExitCode.OK);
            }
        } catch (WrongSubjectException e) {
            LOGGER.error("{}", e.getMessage());
            return Optional.of(ExitCode.USAGE);
        }
        if (registryAsked) {
            return Optional.empty();
        }
        try (SetUpCheck check = new SetUpCheck(connection, setUp, wishes.partitions())) {
            return isSound(check.ofRegistry(wishes.translatesAgain())) ? Optional.empty() : Optional.of(ExitCode.USAGE);
        }
    }
}
