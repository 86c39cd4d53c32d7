package dev.cyclestream.service;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.GivenForm;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.process.TemporaryFolder;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.live.CheckpointLoading;
import dev.cyclestream.storage.FileFetch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Checkpoints that a roll-out names: fetched, held against their SHA-256, and loaded as those that an instance begins with. */
public final class FetchedCheckpoints implements CheckpointLoading {

    private final FileFetch fetch;
    private final GivenForm given;
    private final Function<Checkpoint, ImageTranslator> loading;

    FetchedCheckpoints(InstanceSettings settings, TranslationMetrics metrics) {
        this(settings.fetch(), GivenForm.NONE, checkpoint -> settings.load(checkpoint, metrics));
    }

    /**
     * @param given what is known of generators of others
     * @param loading of one that has come and has a direction
     */
    public FetchedCheckpoints(FileFetch fetch, GivenForm given, Function<Checkpoint, ImageTranslator> loading) {
        this.fetch = fetch;
        this.given = given;
        this.loading = loading;
    }

    @Override
    public ImageTranslator load(NamedCheckpoint named, Direction direction) {
        Path file = TemporaryFolder.path().resolve(named.sha256() + ".onnx");
        try {
            fetch.bring(URI.create(named.source()), named.sha256(), file);
            try (InputStream content = Files.newInputStream(file)) {
                return loading.apply(
                        Checkpoint.open(named.name(), content, given).requireDirection(direction));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
