package dev.cyclestream.stream;

import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.kafka.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Records with one odd trait each, the same ones for the same seed. They go to one of two topics: what comes of topic A may be
 * large and of any time, what comes of topic B is bounded.
 */
final class OddRecords {

    /** What {@code max.message.bytes} of B's results must be. */
    static final int LARGEST_RESULT_OF_B = 250_000;

    private static final Set<String> OF_A_REFERENCE =
            Set.of("UNSUPPORTED_REFERENCE", "REFERENCE_NOT_ALLOWED", "REFERENCE_NOT_FOUND", "REFERENCE_MISMATCH");
    private static final int FITS = 200_000;
    private static final int TOO_LARGE = 260_000;
    private static final int LARGEST = 300_000;

    private final Random random;
    private final OddEvents events;
    private final StoredImage stored;
    private final List<Trait> traits;
    private final List<Trait> deck = new ArrayList<>();
    private int made;

    private interface Trait {
        OddRecord make(boolean toA) throws IOException;
    }

    /** @param folder that references may point into */
    OddRecords(long seed, OddEvents events, Path folder) {
        this.random = new Random(seed);
        this.events = events;
        this.stored = new StoredImage(folder);
        traits = new ArrayList<>();
        traits.addAll(keys());
        traits.addAll(headers());
        traits.addAll(timestamps());
        traits.addAll(sizes());
        traits.addAll(schemas());
        traits.addAll(values());
        traits.addAll(images());
        traits.addAll(references());
    }

    /** The next one; each trait comes as often as the others. */
    OddRecord next(boolean toA) {
        if (deck.isEmpty()) {
            deck.addAll(traits);
            Collections.shuffle(deck, random);
        }
        try {
            return deck.remove(deck.size() - 1).make(toA);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One in which nothing is odd. */
    OddRecord good() {
        return record("good", TestImages.png(made % 7));
    }

    private OddRecord record(String trait, byte[] image) {
        return ofValue(trait, events.of(image));
    }

    private OddRecord ofValue(String trait, byte[] value) {
        return OddRecord.plain(trait, text("record-" + made++), value);
    }

    private OddRecord good(String trait) {
        return record(trait, TestImages.png(made % 7));
    }

    private List<Trait> keys() {
        return List.of(
                toA -> {
                    OddRecord record = good("no key").withKey(null);
                    return toA ? record : record.expecting("NO_KEY");
                },
                toA -> good("empty key").withKey(new byte[0]),
                toA -> good("binary key").withKey(bytes(1 + random.nextInt(100))),
                toA -> good("long key").withKey(bytes(between(1000, FITS))),
                toA -> {
                    OddRecord record = good("key that is too long for B").withKey(bytes(between(TOO_LARGE, LARGEST)));
                    return toA ? record : record.expecting("RESULT_TOO_LARGE");
                });
    }

    private List<Trait> headers() {
        return List.of(
                toA -> {
                    OddRecord record = good("many headers");
                    for (int count = random.nextInt(1000); count >= 0; count--) {
                        record = record.withHeader("header-" + count % 50, bytes(random.nextInt(50)));
                    }
                    return record;
                },
                toA -> {
                    OddRecord record = good("headers that are too large for B")
                            .withHeader("large", bytes(between(TOO_LARGE, LARGEST)));
                    return toA ? record : record.expecting("RESULT_TOO_LARGE");
                },
                toA -> forged(good("headers of ours")),
                toA -> forged(record("headers of ours on no image", text("no image")))
                        .expecting("NOT_AN_IMAGE"),
                toA -> good("headers without values or names")
                        .withHeader("null", null)
                        .withHeader("", new byte[0])
                        .withHeader("\u00e4\u0000\n", bytes(3))
                        .withHeader(DeadLetter.REASON_HEADER, null),
                toA -> record("no image with headers without values", text("no image"))
                        .withHeader(DeadLetter.REASON_HEADER, null)
                        .withHeader(DeadLetter.OFFSET_HEADER, null)
                        .expecting("NOT_AN_IMAGE"));
    }

    private OddRecord forged(OddRecord record) {
        return record.withHeader(DeadLetter.REASON_HEADER, text("MINE"))
                .withHeader(DeadLetter.TOPIC_HEADER, text("elsewhere"))
                .withHeader(DeadLetter.PARTITION_HEADER, text("-7"))
                .withHeader(DeadLetter.OFFSET_HEADER, text("no number"))
                .withHeader(DeadLetter.CUT_HEADER, text("VALUE"))
                .withHeader("cyclestream.value.size", bytes(8));
    }

    private List<Trait> timestamps() {
        long now = System.currentTimeMillis();
        return List.of(
                toA -> good("no timestamp").withTimestamp(-1).expecting("UNACCEPTABLE_TIMESTAMP"),
                toA -> ofAnyTime(toA, good("timestamp 0").withTimestamp(0)),
                toA -> ofAnyTime(toA, good("timestamp in microseconds").withTimestamp(now * 1000)),
                toA -> ofAnyTime(toA, good("timestamp far ahead").withTimestamp(Long.MAX_VALUE / 2)),
                toA -> good("last timestamp there is")
                        .withTimestamp(Long.MAX_VALUE)
                        .expecting("UNACCEPTABLE_TIMESTAMP"));
    }

    private static OddRecord ofAnyTime(boolean toA, OddRecord record) {
        return toA ? record : record.expecting("UNACCEPTABLE_TIMESTAMP");
    }

    private List<Trait> sizes() {
        int most = TestKafka.MAX_IMAGE_BYTES;
        return List.of(
                toA -> record("nearly too large", OddImageBytes.padded(most - between(4000, 5000), false)),
                toA -> record("too large", OddImageBytes.padded(between(most, 3 * most / 2), false))
                        .expecting("IMAGE_TOO_LARGE"),
                toA -> record("too large, compresses well", OddImageBytes.padded(between(2 * most, 8 * most), true))
                        .sentCompressed()
                        .expecting("IMAGE_TOO_LARGE"),
                toA -> good("good, sent compressed").sentCompressed(),
                toA -> record("no image, compresses well", new byte[between(2 * most, 8 * most)])
                        .sentCompressed()
                        .expecting("NOT_AN_IMAGE", "IMAGE_TOO_LARGE"));
    }

    private List<Trait> schemas() {
        return List.of(
                toA -> ofValue(
                                "unknown schema",
                                events.withId(random.nextInt() | 1 << 20, events.of(TestImages.png(1))))
                        .expecting("UNREADABLE_EVENT"),
                toA -> {
                    int schema = random.nextInt(events.unreadableSchemas());
                    return ofValue("unreadable schema " + schema, events.ofUnreadableSchema(schema))
                            .expecting("UNREADABLE_EVENT");
                },
                toA -> {
                    int schema = random.nextInt(events.unreadableSchemas());
                    return ofValue("unreadable schema " + schema, events.ofUnreadableSchema(schema))
                            .expecting("UNREADABLE_EVENT");
                },
                toA -> ofValue("deeply nested", events.ofDeepWriter()).expecting("UNREADABLE_EVENT"),
                toA -> ofValue("writer of another name", events.ofRenamedWriter()),
                toA -> ofValue("older writer", events.ofOlderWriter()),
                toA -> ofValue("newer writer", events.ofNewerWriter()));
    }

    private List<Trait> values() {
        return List.of(
                toA -> ofValue("no value", null).expecting("NO_EVENT"),
                toA -> ofValue("empty value", new byte[0]).expecting("NO_EVENT", "UNREADABLE_EVENT"),
                toA -> ofValue("garbage", OddEvents.garbage(random)).expecting("UNREADABLE_EVENT"),
                toA -> {
                    byte[] value = events.of(TestImages.png(1));
                    value[0] = (byte) (1 + random.nextInt(255));
                    return ofValue("wrong first byte", value).expecting("UNREADABLE_EVENT");
                },
                toA -> {
                    byte[] value = events.of(TestImages.png(1));
                    return ofValue("cut off", Arrays.copyOf(value, 1 + random.nextInt(value.length - 1)))
                            .expecting("UNREADABLE_EVENT");
                },
                toA -> {
                    byte[] value = events.of(TestImages.png(1));
                    return ofValue("more behind the event", Arrays.copyOf(value, value.length + 50));
                },
                toA -> ofValue("strange id and type", events.of("\u0000\n../\ud83d\ude00", "")),
                toA -> {
                    OddRecord record = ofValue(
                            "type that is too long for B", events.of("x", "t".repeat(between(TOO_LARGE, LARGEST))));
                    return toA ? record : record.expecting("RESULT_TOO_LARGE");
                },
                toA -> {
                    OddRecord record = ofValue(
                            "id that is too long for B",
                            events.of("i".repeat(between(TOO_LARGE, LARGEST)), "image/png"));
                    return toA ? record : record.expecting("RESULT_TOO_LARGE");
                },
                toA -> ofValue("claims gigabytes", events.thatClaims(between(1 << 30, Integer.MAX_VALUE)))
                        .expecting("UNREADABLE_EVENT"),
                toA -> ofValue("claims less than nothing", events.thatClaims(-between(1, Integer.MAX_VALUE)))
                        .expecting("UNREADABLE_EVENT"));
    }

    private List<Trait> images() {
        return List.of(
                toA -> ofImage("valid of any format", OddImageBytes.small(random)),
                toA -> ofImage("flipped bits", OddImageBytes.withFlippedBits(random)),
                toA -> ofImage("flipped bits", OddImageBytes.withFlippedBits(random)),
                toA -> ofImage("cut off image", OddImageBytes.cutOff(random)),
                toA -> ofImage("enlarged length", OddImageBytes.withEnlargedLength(random)),
                toA -> ofImage("enlarged length", OddImageBytes.withEnlargedLength(random)),
                toA -> ofImage("profile that claims gigabytes", OddImageBytes.withHugeProfile(random)),
                toA -> ofImage(
                        "nested directories",
                        OddImageBytes.nestedDirectories(1 + random.nextInt(5000), random.nextBoolean())),
                toA -> record("claims a billion pixels", OddImageBytes.pngThatClaims(40_000, between(30_000, 40_000)))
                        .expecting("IMAGE_TOO_LARGE"),
                toA -> record("no image", text("these bytes are no image")).expecting("NOT_AN_IMAGE"),
                toA -> record("empty image", new byte[0]).expecting("NOT_AN_IMAGE"));
    }

    private OddRecord ofImage(String trait, byte[] image) {
        return record(trait, image).expecting(OddRecord.OF_AN_IMAGE);
    }

    private List<Trait> references() {
        List<String> nowhere = stored.nowhere();
        return List.of(
                toA -> ofReference(
                        "reference " + nowhere.get(made % nowhere.size()), nowhere.get(made % nowhere.size()), 100),
                toA -> ofReference(
                        "reference of any kind", nowhere.get(random.nextInt(nowhere.size())), random.nextLong()),
                toA -> {
                    byte[] image = stored.write();
                    return ofValue(
                            "good reference", events.of(stored.uri(), image.length, DigestUtils.sha256Hex(image)));
                },
                toA -> {
                    byte[] image = stored.write();
                    return ofValue("reference of another hash", events.of(stored.uri(), image.length, "odd" + made))
                            .expecting("REFERENCE_MISMATCH");
                },
                toA -> {
                    byte[] image = stored.write();
                    long size = List.of(0L, -1L, image.length + 1L, image.length - 1L, Long.MAX_VALUE)
                            .get(random.nextInt(5));
                    return ofValue(
                                    "reference of another size",
                                    events.of(stored.uri(), size, DigestUtils.sha256Hex(image)))
                            .expecting("REFERENCE_MISMATCH");
                });
    }

    private OddRecord ofReference(String trait, String uri, long size) {
        return ofValue(trait, events.of(uri, size, "0".repeat(64))).expecting(OF_A_REFERENCE);
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
