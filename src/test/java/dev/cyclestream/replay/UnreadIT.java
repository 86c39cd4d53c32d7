package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.comparison.ComparedOutputs;
import dev.cyclestream.comparison.Comparison;
import dev.cyclestream.comparison.ComparisonSettings;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.ShownPairs;
import dev.cyclestream.comparison.pairing.OutputLocation.InTopic;
import dev.cyclestream.comparison.report.ReportText;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.client.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** A replay that says it is complete is complete; what it could not read, it names. */
class UnreadIT extends ReplayScene {

    private static final ComparedOutputs.Reading SILENT = new ComparedOutputs.Reading() {
        @Override
        public void begins(String topic, long records) {}

        @Override
        public void read(long records) {}
    };

    @Test
    void whatIsBehindAnOpenTransactionIsNamed() throws Exception {
        send(0, "a");
        try (Producer<byte[], byte[]> open = producer("open")) {
            open.initTransactions();
            open.beginTransaction();
            open.send(record(0, "open")).get();
            send(0, "b");
            ReplayPlan plan = plan(request("blocked", "0:0", "0:3"));
            assertThat(run(plan, Pace.unlimited())).isEmpty();
            assertThat(ids(plan)).containsExactly("a");
            List<Unread> unread = unread("blocked");
            assertThat(Unread.describe(unread))
                    .startsWith(
                            "2 offsets that were not read: partition 0, 1 to 2: behind a transaction that is open since offset 1 (producer ");
            assertThat(plan.describe()).endsWith(Unread.describe(unread));
            open.abortTransaction();
            assertThat(unread("blocked")).isEqualTo(unread);
            assertThat(compared(plan))
                    .contains("%s: replay blocked: %s".formatted(plan.output().topic(), Unread.describe(unread)));
        }
    }

    /** The summary of a comparison of a replay's output with itself. */
    private static List<String> compared(ReplayPlan plan) throws Exception {
        InTopic output = new InTopic(plan.output().topic());
        ComparisonSettings settings = new ComparisonSettings(new ShownPairs(Measure.SSIM, 0, 0, 1), 1, List.of(), 1);
        ComparedOutputs outputs = new ComparedOutputs(connection, ImageStores.none(), new ReplayGaps(connection)::of);
        try (Comparison comparison = outputs.open(output, output, settings, SILENT)) {
            return new ReportText(comparison.run(Optional.empty(), pairs -> {})).lines();
        }
    }

    @Test
    void comparisonSaysNothingOfReplaysThatReadEverything() throws Exception {
        send(0, "a", "b");
        ReplayPlan plan = plan(request("whole", null, null));
        assertThat(new ReplayGaps(connection).of("whole")).containsExactly("it is not complete");
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(new ReplayGaps(connection).of("whole")).isEmpty();
        assertThat(compared(plan)).noneMatch(line -> line.contains("replay whole"));
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("whole"))) {
            remains.remove();
        }
        assertThat(new ReplayGaps(connection).of("whole"))
                .containsExactly("no plan of it is found, so nobody knows what it left out");
        assertThat(new ReplayGaps(connection).of("a name / of a stranger")).hasSize(1);
    }

    @Test
    void rangeWithNothingButAnOpenTransactionIsNotPlanned() throws Exception {
        try (Producer<byte[], byte[]> open = producer("alone")) {
            open.initTransactions();
            open.beginTransaction();
            open.send(record(0, "open")).get();
            ReplayPlanner.Planned planned =
                    new ReplayPlanner(connection, Duration.ofMillis(300)).plan(request("alone", null, null));
            assertThat(planned.plan()).isEmpty();
            assertThat(planned.unread()).extracting(Unread::from, Unread::to).containsExactly(tuple(0, 1));
            open.abortTransaction();
        }
    }

    private static Tuple tuple(long from, long to) {
        return Tuple.tuple(from, to);
    }

    @Test
    void transactionThatIsCommittedMeanwhileIsReplayed() throws Exception {
        assertThat(replayedOf(true)).containsExactlyInAnyOrder("a", "open", "b");
    }

    @Test
    void transactionThatIsAbortedMeanwhileLeavesNothingOut() throws Exception {
        assertThat(replayedOf(false)).containsExactlyInAnyOrder("a", "b");
    }

    private List<String> replayedOf(boolean commit) throws Exception {
        String name = "waits-" + commit;
        send(0, "a");
        try (Producer<byte[], byte[]> open = producer(name)) {
            open.initTransactions();
            open.beginTransaction();
            open.send(record(0, "open")).get();
            send(0, "b");
            CompletableFuture<ReplayPlanner.Planned> planned = CompletableFuture.supplyAsync(
                    () -> new ReplayPlanner(connection, Duration.ofMinutes(1)).plan(request(name, null, "now")));
            Thread.sleep(1000);
            assertThat(planned).isNotDone();
            if (commit) {
                open.commitTransaction();
            } else {
                open.abortTransaction();
            }
            assertThat(planned.join().unread()).isEmpty();
        }
        ReplayPlan plan = plan(request(name, null, null));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(unread(name)).isEmpty();
        return ids(plan);
    }

    @Test
    void recordOfTheFutureHidesNothingBehindItFromNow() throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings());
                Producer<byte[], byte[]> producer = producer("")) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            send(0, "before");
            long future = Instant.now().plus(Duration.ofDays(1000)).toEpochMilli();
            producer.send(new ProducerRecord<>(topic, 0, future, null, event("future")))
                    .get();
            send(0, "behind");
        }
        String hourAgo = Instant.now().minus(Duration.ofHours(1)).toString();
        ReplayPlan plan = plan(request("future", hourAgo, "now"));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactlyInAnyOrder("before", "future", "behind");
    }

    @Test
    void whatRetentionTookWhileNobodyWorkedIsNamed() throws Exception {
        send(0, "a", "b", "c", "d");
        ReplayPlan plan = plan(request("retention", null, null));
        delete(3);
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactly("d");
        assertThat(Unread.describe(unread("retention")))
                .isEqualTo(
                        "3 offsets that were not read: partition 0, 0 to 2: deleted from the topic before it was read");
        delete(4);
        assertThat(unread("retention")).hasSize(1);
    }

    @Test
    void topicThatWasMadeAnewIsNotTheOneThatWasPlanned() throws Exception {
        send(0, "a");
        plan(request("anew", null, null));
        try (Topics topics = new Topics(connection)) {
            topics.delete(List.of(topic));
        }
        make(topic, 2);
        assertThatThrownBy(() -> plan(request("anew", null, null)))
                .hasMessageContaining("was deleted and made anew since it was planned");
    }

    @Test
    void resetLeavesTheResultsOfOthersInASharedTopic() throws Exception {
        send(0, "a");
        ReplayPlan first = plan(shared("shared-first"));
        ReplayPlan second = plan(shared("shared-second"));
        assertThat(first.output().isOwn()).isTrue();
        assertThat(run(first, Pace.unlimited())).isEmpty();
        assertThat(run(second, Pace.unlimited())).isEmpty();
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("shared-first"))) {
            assertThat(remains.kept())
                    .contains(new ReplayRemains.Kept("both", 1, "replay shared-second writes to it, too"));
            remains.remove();
        }
        assertThat(ids(second)).containsExactly("a", "a");
    }

    private ReplayRequest shared(String name) {
        return new ReplayRequest(
                new ReplayName(name), topic, Optional.empty(), Optional.empty(), RECIPE, Optional.of("both"));
    }

    private void delete(long before) throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }

    private List<Unread> unread(String name) {
        ReplayPlanner.Planned planned = new ReplayPlanner(connection, PATIENCE).plan(request(name, null, null));
        assertThat(planned.complete()).isTrue();
        return planned.unread();
    }
}
