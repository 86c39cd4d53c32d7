package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.progress.PartitionLag;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application says of its progress, against a real broker. */
@Timeout(120)
class ProgressIT {

    private static final StreamSettings SETTINGS = new StreamSettings(
            "progress",
            TestKafka.DEAD_LETTERS,
            1,
            TestKafka.MAX_IMAGE_BYTES,
            new StreamSettings.Tuning(50, 16, Duration.ofMillis(100), Duration.ofSeconds(20), Optional.empty()));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TopicPartition FIRST = new TopicPartition(TestKafka.INPUT, 0);

    private TestKafka kafka;
    private TestSender sender;

    @BeforeEach
    void startKafka() throws IOException {
        kafka = TestKafka.start(2);
        sender = new TestSender(kafka);
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void whatRetentionTookBeforeItWasReadIsCountedOnce() throws Exception {
        send(3);
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator)) {
            application.start();
            await(() -> application.progress().images() == 3);
            assertThat(application.progress().expired()).isZero();
        }
        send(20);
        try (Admin admin = Admin.create(kafka.connection().clientSettings())) {
            admin.deleteRecords(Map.of(FIRST, RecordsToDelete.beforeOffset(15)))
                    .all()
                    .get();
        }
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator)) {
            application.start();
            await(() -> application.progress().images() == 8); // of 23, those from 15 on
            assertThat(application.progress().expired()).isEqualTo(12); // 3 to 14
        }
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator)) {
            application.start();
            send(1);
            await(() -> application.progress().images() == 1);
            assertThat(application.progress().expired()).isZero();
        }
    }

    @Test
    void markersAndAbortedTransactionsDoNotWait() throws Exception {
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator)) {
            application.start();
            sender.transaction(0, 4);
            await(() -> application.progress().images() == 4);
            await(() -> lag(application) == 0);
            try (Producer<byte[], byte[]> producer =
                    sender.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "aborting"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TestKafka.INPUT, 0, null, new byte[1]))
                        .get();
                await(() -> lag(application) > 0); // it may still be committed
                producer.abortTransaction();
            }
            await(() -> lag(application) == 0);
            assertThat(application.progress().deadLetters()).isZero();
        }
    }

    @Test
    void deadLettersAreCountedApart() throws Exception {
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator)) {
            application.start();
            sender.bytes(0, "none", new byte[] {1, 2, 3});
            send(2);
            await(() -> application.progress().images() == 2);
            await(() -> application.progress().deadLetters() == 1);
        }
    }

    private static long lag(TranslationApplication application) {
        List<PartitionLag> lags = application.lag();
        return lags.size() < 2
                ? Long.MAX_VALUE
                : lags.stream().mapToLong(PartitionLag::records).sum();
    }

    private static void await(BooleanSupplier isSo) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(50);
        }
    }

    /** Sends to the first partition. */
    private void send(int count) throws Exception {
        for (int index = 0; index < count; index++) {
            sender.image(0, "picture-" + index);
        }
    }

    private TranslationApplication application(ImageTranslator translator) {
        return TranslationApplication.of(
                List.of(new Route(TestKafka.INPUT, TestKafka.OUTPUT, translator)), SETTINGS, kafka.connection());
    }

    private static ImageTranslator translator() {
        return TestTranslator.quick();
    }
}
