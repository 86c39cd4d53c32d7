package dev.cyclestream.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyBucketTest {

    private static final int KEYS = 20_000;
    private static final int PARTITIONS = 12;

    /** Computed with Python: {@code int.from_bytes(hashlib.sha256(salt + b"\0" + key).digest()[:4], "big") / 2**32}. */
    @ParameterizedTest
    @CsvSource({
        "s1, cat-1, 0.9124750983901322",
        "s1, cat-2, 0.34568648296408355",
        "s2, cat-1, 0.17534909630194306",
        "'', '', 0.43048164900392294"
    })
    void isWhatSha256Says(String salt, String key, double bucket) {
        assertThat(KeyBucket.of(salt, key.getBytes(StandardCharsets.UTF_8))).isEqualTo(bucket);
    }

    @Test
    void takesAnyBytes() {
        assertThat(KeyBucket.of("s1", new byte[] {(byte) 0xff, 0})).isEqualTo(0.16144452965818346);
    }

    @Test
    void saltAndKeyDoNotRunIntoEachOther() {
        assertThat(KeyBucket.of("ab", bytes("c"))).isNotEqualTo(KeyBucket.of("a", bytes("bc")));
    }

    /** Six standard deviations around the mean of a binomial distribution. */
    @Test
    void aShareIsThatPartOfTheKeysOfEveryPartition() {
        double share = 0.05;
        Map<Integer, Integer> keys = new HashMap<>();
        Map<Integer, Integer> taken = new HashMap<>();
        IntStream.range(0, KEYS).mapToObj(index -> bytes("upload-" + index)).forEach(key -> {
            int partition = Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
            keys.merge(partition, 1, Integer::sum);
            taken.merge(partition, KeyBucket.of("s1", key) < share ? 1 : 0, Integer::sum);
        });

        assertThat(keys).hasSize(PARTITIONS);
        keys.forEach((partition, count) -> assertThat((double) taken.get(partition) / count)
                .as("partition %d", partition)
                .isCloseTo(share, within(6 * Math.sqrt(share * (1 - share) / count))));
    }

    @Test
    void twoRolloutsTryDifferentKeys() {
        long both = IntStream.range(0, KEYS)
                .mapToObj(index -> bytes("upload-" + index))
                .filter(key -> KeyBucket.of("s1", key) < 0.1 && KeyBucket.of("s2", key) < 0.1)
                .count();

        assertThat((double) both / KEYS).isCloseTo(0.01, within(6 * Math.sqrt(0.01 * 0.99 / KEYS)));
    }

    @Test
    void leavesTheKeyAsItIs() {
        byte[] key = bytes("cat-1");
        byte[] before = Arrays.copyOf(key, key.length);

        KeyBucket.of("s1", key);

        assertThat(key).isEqualTo(before);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
