package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.deadletter.Attempts;
import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.deadletter.redrive.OriginalInput;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.FussyGenerator;
import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.kafka.TopicLimits;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTopologyTest extends TopologyScene {

    @Test
    void corruptJpegBecomesADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        ImageEvent event = TestImages.event("cats/2.jpg", TestImages.truncatedJpeg());
        images().pipeInput("key", event, 78);
        TestRecord<byte[], byte[]> letter = assertDeadLetter("DAMAGED_IMAGE");
        assertThat(letter.key()).isEqualTo(bytes("key"));
        assertThat(letter.timestamp()).isEqualTo(78);
        assertThat(serdes.imageEvents().deserializer().deserialize(INPUT, letter.value()))
                .isEqualTo(event);
        assertThat(header(letter.headers(), DeadLetter.MESSAGE_HEADER))
                .startsWith("DAMAGED_IMAGE: the image is damaged: ");
        assertThat(header(letter.headers(), DeadLetter.TOPIC_HEADER)).isEqualTo(INPUT);
        assertThat(header(letter.headers(), InputTopicIds.HEADER)).isEqualTo(INPUT_ID);
        assertThat(header(letter.headers(), DeadLetter.PARTITION_HEADER)).isEqualTo("0");
        assertThat(header(letter.headers(), DeadLetter.OFFSET_HEADER)).isEqualTo("0");
        assertThat(header(letter.headers(), DeadLetter.CHECKPOINT_HEADER)).isEqualTo(CHECKPOINT.sha256());
    }

    @Test
    void streamGoesOnBehindADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        images().pipeInput("1", TestImages.event("bad", bytes("no image")));
        images().pipeInput("2", TestImages.event("good", TestImages.png(1)));
        assertDeadLetter("NOT_AN_IMAGE");
        assertThat(translated().readValue().getImageId()).isEqualTo("good");
    }

    @Test
    void bytesThatAreNoEventBecomeADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        rawInputs().pipeInput(bytes("key"), bytes("no avro"));
        assertThat(assertDeadLetter("UNREADABLE_EVENT").value()).isEqualTo(bytes("no avro"));
    }

    @Test
    void emptyBytesBecomeADeadLetterThatSaysSo() {
        start(new FakeGenerator(), OutputLimits.none());
        rawInputs().pipeInput(bytes("key"), new byte[0]);
        assertThat(header(assertDeadLetter("UNREADABLE_EVENT").headers(), DeadLetter.MESSAGE_HEADER))
                .contains("too few bytes")
                .doesNotContain("null");
    }

    @Test
    void recordWithoutAValueBecomesADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        images().pipeInput("key", (ImageEvent) null);
        assertDeadLetter("NO_EVENT");
    }

    @Test
    void referenceBecomesADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        ImageEvent event = ImageEvent.newBuilder(TestImages.event("x", new byte[0]))
                .setImage(new ImageReference("s3://bucket/key", 1L, "ab"))
                .build();
        images().pipeInput("key", event);
        TestRecord<byte[], byte[]> letter = assertDeadLetter("UNSUPPORTED_REFERENCE");
        assertThat(header(letter.headers(), DeadLetter.MESSAGE_HEADER))
                .endsWith(
                        "s3://bucket/key: expected the image in the record, or a reference of a kind that is set up: none");
    }

    @Test
    void resultThatTheTopicDoesNotTakeBecomesADeadLetter() {
        start(new FakeGenerator(), limits(OUTPUT, TopicLimits.ofBytes(1000)));
        images().pipeInput("key", TestImages.event("x", TestImages.png(1)));
        assertDeadLetter("RESULT_TOO_LARGE");
    }

    @Test
    void keyHeadersAndAttributesCountWhereTheResultMustFit() {
        start(new FakeGenerator(), limits(OUTPUT, TopicLimits.ofBytes(250_000)));
        String key = "k".repeat(300_000);
        images().pipeInput(key, TestImages.event("x", TestImages.png(1)));
        assertThat(assertDeadLetter("RESULT_TOO_LARGE").key()).hasSize(300_000);
        Headers headers = new RecordHeaders().add("large", new byte[300_000]);
        images().pipeInput(new TestRecord<>("key", TestImages.event("x", TestImages.png(1)), headers, 77L));
        assertDeadLetter("RESULT_TOO_LARGE");
        images().pipeInput("key", TestImages.event("x", TestImages.png(1), Map.of("large", key)));
        assertDeadLetter("RESULT_TOO_LARGE");
    }

    @Test
    void inputWithoutAKeyIsNoResultOfACompactedTopic() {
        start(new FakeGenerator(), limits(OUTPUT, new TopicLimits(1 << 20, true, Long.MAX_VALUE, Long.MAX_VALUE)));
        images().pipeInput((String) null, TestImages.event("x", TestImages.png(1)));
        assertDeadLetter("NO_KEY");
    }

    @Test
    void timestampThatTheOutputTopicDoesNotTakeMakesADeadLetterOfNow() {
        long now = System.currentTimeMillis();
        TopicLimits hour = new TopicLimits(1 << 20, false, 3_600_000, 3_600_000);
        start(new FakeGenerator(), new OutputLimits(Map.of(OUTPUT, hour, DEAD_LETTERS, hour)));
        ImageEvent event = TestImages.event("x", TestImages.png(1));
        for (long timestamp : new long[] {now * 1000, now - 7_200_000, now + 7_200_000}) {
            images().pipeInput("key", event, timestamp);
            assertThat(assertDeadLetter("UNACCEPTABLE_TIMESTAMP").timestamp()).isBetween(now, now + 600_000);
        }
        images().pipeInput("key", event, now - 60_000);
        assertThat(translated().readRecord().timestamp()).isEqualTo(now - 60_000);
    }

    @Test
    void negativeTimestampMakesADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
                INPUT, 0, 0, -1, TimestampType.CREATE_TIME, 0, 0, null, null, new RecordHeaders(), Optional.empty());
        long extracted = new AnyTimestamp().extract(record, 0);
        images().pipeInput("key", TestImages.event("x", TestImages.png(1)), extracted);
        TestRecord<byte[], byte[]> letter = assertDeadLetter("UNACCEPTABLE_TIMESTAMP");
        assertThat(header(letter.headers(), DeadLetter.MESSAGE_HEADER)).endsWith("found a negative one");
    }

    @Test
    void headersOfOurNamesThatASenderSetAreNotBelieved() {
        start(new FakeGenerator(), OutputLimits.none());
        Headers headers = new RecordHeaders()
                .add(DeadLetter.REASON_HEADER, bytes("MINE"))
                .add(DeadLetter.TOPIC_HEADER, bytes("elsewhere"))
                .add(DeadLetter.CUT_HEADER, bytes("VALUE"));
        images().pipeInput(new TestRecord<>("key", TestImages.event("x", bytes("no image")), headers, 77L));
        Headers letter = assertDeadLetter("NOT_AN_IMAGE").headers();
        assertThat(header(letter, DeadLetter.TOPIC_HEADER)).isEqualTo(INPUT);
        assertThat(header(letter, DeadLetter.CUT_HEADER)).isEqualTo("NOTHING");
        assertThat(OriginalInput.headers(letter)).isEqualTo(headers);
    }

    @Test
    void whatFailsForOneInputOnlyIsTriedThreeTimesAndBecomesADeadLetter() {
        FussyGenerator generator = new FussyGenerator(new StackOverflowError());
        start(generator, OutputLimits.none());
        images().pipeInput("key", TestImages.event("odd", TestImages.encode(33, 1, ImageFormat.PNG)));
        TestRecord<byte[], byte[]> letter = assertDeadLetter("FAILED_REPEATEDLY");
        assertThat(generator.failures()).isEqualTo(Attempts.MOST);
        assertThat(header(letter.headers(), DeadLetter.TRACE_HEADER)).contains("StackOverflowError");
        images().pipeInput("key", TestImages.event("even", TestImages.png(1)));
        assertThat(translated().readValue().getImageId()).isEqualTo("even");
    }

    @Test
    void tooManyRepeatedFailuresInARowStopTheInstance() {
        start(new FussyGenerator(new OutOfMemoryError("odd")), OutputLimits.none());
        ImageEvent odd = TestImages.event("odd", TestImages.encode(33, 1, ImageFormat.PNG));
        for (int count = 0; count < 3; count++) {
            images().pipeInput("key", odd);
            assertDeadLetter("FAILED_REPEATEDLY");
        }
        assertThatThrownBy(() -> images().pipeInput("key", odd))
                .hasStackTraceContaining("3 inputs in a row failed at every attempt");
    }

    @Test
    void deadLetterIsCutUntilItFits() {
        start(new FakeGenerator(), limits(DEAD_LETTERS, TopicLimits.ofBytes(20_000)));
        byte[] text = bytes("no image".repeat(5_000));
        images().pipeInput("key", TestImages.event("x", text));
        TestRecord<byte[], byte[]> withoutValue = assertDeadLetter("NOT_AN_IMAGE");
        assertThat(withoutValue.value()).isNull();
        assertThat(withoutValue.key()).isEqualTo(bytes("key"));
        assertThat(header(withoutValue.headers(), DeadLetter.CUT_HEADER)).isEqualTo("VALUE");
        assertThat(Integer.parseInt(header(withoutValue.headers(), "cyclestream.value.size")))
                .isGreaterThan(text.length);
        assertThat(header(withoutValue.headers(), "cyclestream.value.sha256")).hasSize(64);
        Headers headers = new RecordHeaders().add("large", new byte[30_000]);
        images().pipeInput(new TestRecord<>("key", TestImages.event("x", text), headers, 77L));
        TestRecord<byte[], byte[]> withoutHeaders = assertDeadLetter("NOT_AN_IMAGE");
        assertThat(header(withoutHeaders.headers(), DeadLetter.CUT_HEADER)).isEqualTo("HEADERS");
        assertThat(withoutHeaders.headers().lastHeader("large")).isNull();
        images().pipeInput("k".repeat(30_000), TestImages.event("x", text));
        TestRecord<byte[], byte[]> withoutKey = assertDeadLetter("NOT_AN_IMAGE");
        assertThat(header(withoutKey.headers(), DeadLetter.CUT_HEADER)).isEqualTo("KEY");
        assertThat(withoutKey.key()).hasSize(1024);
        assertThat(header(withoutKey.headers(), "cyclestream.key.size")).isEqualTo("30000");
    }

    @Test
    void translatedImageEndsARunOfDeadLetters() {
        start(new FakeGenerator(), OutputLimits.none());
        ImageEvent bad = TestImages.event("bad", bytes("no image"));
        for (int round = 0; round < 3; round++) {
            images().pipeInput("1", bad);
            images().pipeInput("2", bad);
            images().pipeInput("3", TestImages.event("good", TestImages.png(1)));
        }
        assertThat(deadLetters().readRecordsToList()).hasSize(6);
        for (int count = 0; count < 3; count++) {
            images().pipeInput("4", bad);
        }
        assertThatThrownBy(() -> images().pipeInput("5", bad))
                .hasStackTraceContaining("more than 3 inputs in a row cannot be translated");
    }
}
