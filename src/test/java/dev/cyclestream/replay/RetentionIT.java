package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.stream.client.Pace;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** What a range once held, and what is still to come, is never taken for done. */
class RetentionIT extends ReplayScene {

    private static final String BEFORE_PLANNED = "deleted from the topic before the replay was planned";

    @Test
    void rangeThatIsGoneIsNoEmptyRange() throws Exception {
        send(0, "a", "b", "c", "d");
        delete(3);
        ReplayPlanner.Planned planned = planned(request("gone", "0:0", "0:2"));
        assertThat(planned.plan()).isEmpty();
        assertThat(planned.unread()).containsExactly(new Unread(0, 0, 2, BEFORE_PLANNED));
        assertThat(planned(request("empty", "0:4", "0:4")).unread()).isEmpty();
    }

    @Test
    void beginningThatIsGoneIsNamedForGood() throws Exception {
        send(0, "a", "b", "c", "d");
        delete(2);
        ReplayPlan plan = plan(request("partly", "0", "0:4"));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactly("c", "d");
        assertThat(planned(request("partly", null, null)).unread())
                .containsExactly(new Unread(0, 0, 2, BEFORE_PLANNED));
        assertThat(planned(request("rest", "earliest", "latest")).unread()).isEmpty();
    }

    @Test
    void nobodyKnowsWhetherWhatIsGoneWasOfATime() throws Exception {
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
        sendAt(start.toEpochMilli(), "a");
        sendAt(start.plusSeconds(10).toEpochMilli(), "b");
        sendAt(start.plusSeconds(20).toEpochMilli(), "c");
        String since = start.minusSeconds(1).toString();
        assertThat(planned(request("all", since, null)).unread()).isEmpty();
        delete(1);
        Unread perhaps = new Unread(0, 0, 1, BEFORE_PLANNED + ", nobody knows how many of them belong to the range");
        assertThat(planned(request("some", since, null)).unread()).containsExactly(perhaps);
        assertThat(planned(request("none", start.plusSeconds(15).toString(), null))
                        .unread())
                .isEmpty();
        delete(3);
        assertThat(planned(request("nothing", since, null)).unread()).hasSize(1);
    }

    @Test
    void whatRetentionTakesMeanwhileIsEitherTranslatedOrNamed() throws Exception {
        int count = 120;
        try (Producer<byte[], byte[]> producer = producer("")) {
            for (int index = 0; index < count; index++) { // so large that few are read ahead
                producer.send(new ProducerRecord<>(topic, 0, null, large("image-" + index)))
                        .get();
            }
        }
        ReplayPlan plan = plan(request("meanwhile", null, null));
        CompletableFuture<Optional<Throwable>> running = CompletableFuture.supplyAsync(() -> run(plan, Pace.of(20)));
        List<Long> translated = new ArrayList<>();
        try (ImageCollector collector = collector(plan)) {
            while (translated.size() < 20) {
                collector.poll(Duration.ofMillis(100), image -> translated.add(offset(image)));
            }
            delete(80);
            assertThat(running.join()).isEmpty();
            collector.collect(
                    new ImageCollector.End(Long.MAX_VALUE, Duration.ofSeconds(2)),
                    image -> translated.add(offset(image)));
        }
        List<Unread> unread = planned(request("meanwhile", null, null)).unread();
        assertThat(unread).isNotEmpty();
        List<Long> all = new ArrayList<>(translated);
        unread.forEach(part -> LongStream.range(part.from(), part.to()).forEach(all::add));
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj(Long::valueOf).toList());
    }

    @Test
    void whatIsStillToComeIsNotPlanned() throws Exception {
        send(0, "a", "b");
        assertThatThrownBy(() -> planned(request("future", null, "0:5")))
                .hasMessage(
                        "--to: expected offsets that are there, found 5, and partition 0 of %s ends at 2; take latest, or the offsets of partitions such as 0:2"
                                .formatted(topic));
        assertThatThrownBy(() -> planned(request("future", "3", null)))
                .hasMessageStartingWith("--from: expected offsets that are there, found 3");
        assertThatThrownBy(() -> planned(request("future", "0", "2"))) // partition 1 is empty
                .hasMessageContaining("partition 1 of %s ends at 0".formatted(topic));
    }

    @Test
    void recordOfTheFutureEndsNoRangeOfThePast() throws Exception {
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
        make("future-" + topic, 1);
        topic = "future-" + topic; // takes any timestamp
        sendAt(start.toEpochMilli(), "a");
        sendAt(start.plus(Duration.ofDays(1000)).toEpochMilli(), "strange");
        sendAt(start.plusSeconds(10).toEpochMilli(), "b");
        sendAt(start.plusSeconds(20).toEpochMilli(), "c");
        ReplayPlan plan = plan(request("past", "earliest", start.plusSeconds(15).toString()));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactly("a", "strange", "b");
        assertThat(plan(request("whole", "earliest", start.plusSeconds(30).toString()))
                        .length())
                .isEqualTo(4);
    }

    private ReplayPlanner.Planned planned(ReplayRequest request) {
        return new ReplayPlanner(connection, PATIENCE).plan(request);
    }

    private static long offset(CollectedImage image) {
        return image.provenance().orElseThrow().getSourceOffset();
    }

    private byte[] large(String id) {
        ImageEvent event = ImageEvent.newBuilder(TestImages.event(id, TestImages.png(1)))
                .setAttributes(Map.of("padding", "x".repeat(300_000)))
                .build();
        try (Serializer<ImageEvent> serializer =
                connection.serdes().imageEvents().serializer()) {
            return serializer.serialize(topic, event);
        }
    }

    private void sendAt(long timestamp, String id) throws Exception {
        try (Producer<byte[], byte[]> producer = producer("")) {
            producer.send(new ProducerRecord<>(topic, 0, timestamp, null, event(id)))
                    .get();
        }
    }

    private void delete(long before) throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }
}
