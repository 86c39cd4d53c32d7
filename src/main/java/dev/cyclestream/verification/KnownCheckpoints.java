package dev.cyclestream.verification;

import dev.cyclestream.event.Direction;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.rollout.InstancesTopic;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.ScheduleTopic;
import dev.cyclestream.storage.ReferenceRejectedException;
import dev.cyclestream.verification.Verdict.Obstacle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints that are known by their SHA-256, of which a few are loaded. */
public final class KnownCheckpoints implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(KnownCheckpoints.class);

    /** Each takes memory for itself and for each thread. */
    private static final int MOST_LOADED = 4;

    private final Map<String, CheckpointSource> sources;
    private final Map<Key, ImageTranslator> loaded = new LinkedHashMap<>(MOST_LOADED, 1, true);
    private final Set<Key> failed = new HashSet<>();

    private record Key(String sha256, String name, Direction direction) {}

    /** @param sources by SHA-256 */
    public KnownCheckpoints(Map<String, CheckpointSource> sources) {
        this.sources = Map.copyOf(sources);
    }

    /** The checkpoints that an application's schedule names, and those that its instances say they were started with. */
    public static Map<String, NamedCheckpoint> ofApplication(KafkaConnection connection, String applicationId) {
        Map<String, NamedCheckpoint> named = new HashMap<>();
        new ScheduleTopic(connection, applicationId)
                .read()
                .announcements()
                .forEach(announcement ->
                        announcement.split().checkpoints().forEach(one -> named.putIfAbsent(one.sha256(), one)));
        if (isThere(connection, InstancesTopic.name(applicationId))) {
            try (InstancesTopic instances = new InstancesTopic(connection, applicationId)) {
                instances.read().values().stream()
                        .flatMap(report -> report.started().values().stream())
                        .forEach(one -> named.putIfAbsent(one.sha256(), one));
            }
        }
        return named;
    }

    private static boolean isThere(KafkaConnection connection, String topic) {
        try (Topics topics = new Topics(connection)) {
            return topics.exists(topic);
        }
    }

    /** The translator that an output says made it. */
    ImageTranslator translator(ClaimedOutput output) throws UncheckableException {
        Provenance by = output.provenance();
        Key key = new Key(
                by.getCheckpointSha256(), by.getCheckpointName(), output.image().getDirection());
        ImageTranslator translator = loaded.get(key);
        if (translator == null) {
            translator = load(key);
            loaded.put(key, translator);
        }
        return translator;
    }

    private ImageTranslator load(Key key) throws UncheckableException {
        if (!sources.containsKey(key.sha256()) || failed.contains(key)) {
            throw new UncheckableException(Obstacle.CHECKPOINT_UNKNOWN);
        }
        try {
            return sources.get(key.sha256()).load(key.name(), key.direction());
        } catch (ReferenceRejectedException | WrongSetUpException e) {
            LOGGER.warn("{} ({}) cannot be loaded: {}", key.name(), key.sha256(), e.getMessage());
            failed.add(key);
            throw new UncheckableException(Obstacle.CHECKPOINT_UNKNOWN);
        }
    }

    /** Closes those that were used the longest ago, if many are loaded; none is in use. */
    void closeUnused() {
        Iterator<ImageTranslator> eldest = loaded.values().iterator();
        while (loaded.size() > MOST_LOADED) {
            eldest.next().close();
            eldest.remove();
        }
    }

    @Override
    public void close() {
        loaded.values().forEach(ImageTranslator::close);
        loaded.clear();
    }
}
