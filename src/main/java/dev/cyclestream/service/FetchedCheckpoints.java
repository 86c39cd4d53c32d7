package dev.cyclestream.service;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.process.TemporaryFolder;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.live.CheckpointLoading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checkpoints that a roll-out names: fetched, held against their SHA-256, and loaded as those that an instance begins with. */
final class FetchedCheckpoints implements CheckpointLoading {

    private final InstanceSettings settings;
    private final TranslationMetrics metrics;

    FetchedCheckpoints(InstanceSettings settings, TranslationMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    @Override
    public ImageTranslator load(NamedCheckpoint named, Direction direction) {
        Path file = TemporaryFolder.path().resolve(named.sha256() + ".onnx");
        try {
            settings.fetch().bring(URI.create(named.source()), named.sha256(), file);
            try (InputStream content = Files.newInputStream(file)) {
                Checkpoint checkpoint = Checkpoint.open(named.name(), content).requireDirection(direction);
                return settings.load(checkpoint, metrics);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
