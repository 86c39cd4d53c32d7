package dev.cyclestream.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image as it was built, among a broker and a registry in containers. Skipped where there is no engine or no image. */
class ContainerIT {

    private static final int IMAGES = 160;

    private static ContainerLan lan;

    @BeforeAll
    static void start() {
        Optional<String> obstacle = ContainerImages.obstacle();
        obstacle.ifPresent(reason -> System.err.println("SKIPPED: tests in containers: " + reason));
        assumeTrue(obstacle.isEmpty());
        lan = ContainerLan.start();
    }

    @AfterAll
    static void stop() {
        if (lan != null) {
            lan.close();
        }
    }

    @Test
    void nothingIsLostOrDoubledWhenOneOfTwoIsKilled() throws Exception {
        try (ImageFlow flow = ImageFlow.create(lan.connection(), "kill", "zstd")) {
            TranslatorContainer victim = lan.translator(ContainerImages.TRANSLATOR, flow.options());
            TranslatorContainer other = lan.translator(ContainerImages.TRANSLATOR, flow.options());
            victim.run();
            other.run();
            flow.publish(IMAGES);
            flow.awaitImages(IMAGES / 8);
            victim.kill();
            assertThat(flow.count()).as("killed in the middle").isLessThan(IMAGES);
            flow.awaitAll();
            flow.assertEachOnce();
            assertThat(other.terminate()).as(other.said()).isZero();
        }
    }

    @Test
    void rollsToTheNextImageWithoutLoss() throws Exception {
        try (ImageFlow flow = ImageFlow.create(lan.connection(), "roll", "snappy")) {
            TranslatorContainer first = lan.translator(ContainerImages.TRANSLATOR, flow.options());
            TranslatorContainer second = lan.translator(ContainerImages.TRANSLATOR, flow.options());
            first.run();
            second.run();
            flow.publish(IMAGES);
            flow.awaitImages(IMAGES / 8);
            assertThat(first.terminate()).as(first.said()).isZero();
            lan.translator(ContainerImages.NEXT, flow.options()).run();
            flow.awaitImages(IMAGES / 3);
            assertThat(second.terminate()).as(second.said()).isZero();
            TranslatorContainer last = lan.translator(ContainerImages.NEXT, flow.options());
            last.run();
            flow.awaitAll();
            flow.assertEachOnce();
        }
    }

    @Test
    void brokerAndRegistryMayBeRestarted() throws Exception {
        try (ImageFlow flow = ImageFlow.create(lan.connection(), "restart", "lz4")) {
            TranslatorContainer translator = lan.translator(ContainerImages.TRANSLATOR, flow.options());
            translator.run();
            flow.publish(IMAGES);
            flow.awaitImages(IMAGES / 8);
            lan.restartBroker();
            flow.awaitImages(IMAGES / 3);
            TranslatorContainer late = lan.translator(ContainerImages.TRANSLATOR, flow.options());
            late.launchSupervised(); // has to ask the registry while it is away
            lan.withoutRegistry(Duration.ofSeconds(5));
            flow.awaitAll();
            flow.assertEachOnce();
            assertThat(translator.isRunning()).as(translator.said()).isTrue();
        }
    }

    @Test
    void isSeenToBeHealthyAndStopsInGoodOrder() throws Exception {
        try (ImageFlow flow = ImageFlow.create(lan.connection(), "health", "producer")) {
            TranslatorContainer translator =
                    lan.translator(ContainerImages.TRANSLATOR, flow.options()).run();
            long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (!translator.health().equals(Optional.of("healthy"))) {
                assertThat(System.nanoTime()).as(translator.health().toString()).isLessThan(end);
                Thread.sleep(200);
            }
            assertThat(translator.terminate()).as(translator.said()).isZero();
        }
    }

    @Test
    void saysWhatIsWrongWhereNothingCanBeWritten() throws Exception {
        try (ImageFlow flow = ImageFlow.create(lan.connection(), "unwritable", "producer")) {
            Map<String, String> options = flow.options("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=/opt");
            TranslatorContainer translator =
                    lan.translator(ContainerImages.TRANSLATOR, options).launch();
            assertThat(translator.exitCode()).as(translator.said()).isEqualTo(2);
            assertThat(translator.said()).contains("/opt: expected a folder for temporary files that can be written");
        }
    }
}
