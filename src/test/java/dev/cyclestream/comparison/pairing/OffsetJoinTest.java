package dev.cyclestream.comparison.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.comparison.pairing.LeftOut.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OffsetJoinTest {

    private static final int HOME = 1;

    private final List<String> heard = new ArrayList<>();

    /** Whatever the order in which translations were written, the join is that of two plain maps. */
    @Property
    void anyOrderOfWritingJoinsTheLatestOfEachOffset(
            @ForAll @Size(max = 60) List<@IntRange(max = 40) Integer> old,
            @ForAll @Size(max = 60) List<@IntRange(max = 40) Integer> newer) {
        Map<Long, Long> oldLatest = latest(old);
        Map<Long, Long> newLatest = latest(newer);
        OffsetIndex oldIndex = index(old);
        OffsetIndex newIndex = index(newer);
        TreeSet<Long> sources = new TreeSet<>();
        new OffsetJoin(new Both<>(oldIndex, newIndex)).run(new OffsetJoin.Visitor() {
            @Override
            public void pair(int left, int right) {
                long source = oldIndex.source(left);
                assertThat(newIndex.source(right)).isEqualTo(source);
                assertThat(oldIndex.offset(left)).isEqualTo(oldLatest.get(source));
                assertThat(newIndex.offset(right)).isEqualTo(newLatest.get(source));
                assertThat(sources.add(source)).isTrue();
            }

            @Override
            public void single(Kind kind, long source) {
                boolean isOld = kind == Kind.ONLY_OLD || kind == Kind.OUTSIDE_NEW;
                assertThat(oldLatest.containsKey(source)).isEqualTo(isOld);
                assertThat(newLatest.containsKey(source)).isEqualTo(!isOld);
                assertThat(sources.add(source)).isTrue();
            }
        });
        TreeSet<Long> expected = new TreeSet<>(oldLatest.keySet());
        expected.addAll(newLatest.keySet());
        assertThat(sources).isEqualTo(expected);
        assertThat(oldIndex.replaced()).isEqualTo(old.size() - oldLatest.size());
    }

    private static Map<Long, Long> latest(List<Integer> sources) {
        Map<Long, Long> latest = new TreeMap<>();
        for (int offset = 0; offset < sources.size(); offset++) {
            latest.put(sources.get(offset).longValue(), (long) offset);
        }
        return latest;
    }

    private static OffsetIndex index(List<Integer> sources) {
        OffsetIndex index = new OffsetIndex();
        for (int offset = 0; offset < sources.size(); offset++) {
            index.add(sources.get(offset), HOME, offset);
        }
        index.settle(HOME);
        return index;
    }

    @Test
    void whatTheOtherSideDoesNotCoverIsOutsideAndNotMissing() {
        join(List.of(0, 1, 2, 3, 4, 5), List.of(2, 4));
        assertThat(heard)
                .containsExactly("outside-new 0", "outside-new 1", "pair 2", "only-old 3", "pair 4", "outside-new 5");
    }

    @Test
    void nothingOnOneSideIsOutside() {
        join(List.of(), List.of(7));
        assertThat(heard).containsExactly("outside-old 7");
    }

    @Test
    void betweenPartitionsTheOneAtHomeWins() {
        OffsetIndex index = new OffsetIndex();
        index.add(5, HOME, 0);
        index.add(5, HOME, 1);
        index.add(5, 0, 99);
        index.add(6, 3, 7);
        index.add(6, 2, 8);
        index.settle(HOME);
        assertThat(index.size()).isEqualTo(2);
        assertThat(index.partition(0)).isEqualTo(HOME);
        assertThat(index.offset(0)).isEqualTo(1);
        assertThat(index.partition(1)).isEqualTo(3);
        assertThat(index.replaced()).isEqualTo(3);
        assertThat(index.scattered()).isEqualTo(2);
    }

    private void join(List<Integer> old, List<Integer> newer) {
        OffsetIndex oldIndex = index(old);
        new OffsetJoin(new Both<>(oldIndex, index(newer))).run(new OffsetJoin.Visitor() {
            @Override
            public void pair(int left, int right) {
                heard.add("pair " + oldIndex.source(left));
            }

            @Override
            public void single(Kind kind, long source) {
                heard.add(kind + " " + source);
            }
        });
    }
}
