package dev.cyclestream.cli.option;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.service.InstanceSettings;
import picocli.CommandLine.Mixin;

/** Options of an instance, whether it translates images as they come or replays them. */
public final class InstanceOptions {

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private TuningOptions tuning;

    @Mixin
    private ImageOptions images;

    @Mixin
    private InferenceOptions inference;

    @Mixin
    private StorageOptions storage;

    @Mixin
    private OperationsOptions operations;

    /**
     * Makes sure that the options agree, and lets the log have the form that was asked for.
     *
     * @throws IllegalArgumentException if they do not
     */
    public void begin() {
        tuning.requireAgreement();
        operations.logFormat().use();
    }

    /** The settings that decide how an image comes out, as text that is the same for the same settings. */
    public String describeImages() {
        return images.describe();
    }

    public InstanceSettings settings() {
        KafkaConnection connection = kafka.connection();
        return new InstanceSettings(
                connection,
                () -> storage.stores(images.maxInputBytes()),
                storage.fetch(),
                images.codec(),
                inference.settings(),
                tuning.tuning(images),
                tuning.registryWait(),
                operations.address());
    }
}
