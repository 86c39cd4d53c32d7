package dev.cyclestream.page;

import java.util.List;
import java.util.stream.IntStream;

/**
 * An entry of a plot's legend.
 *
 * @param number from 1, by which the style chooses the colour
 */
record Key(int number, String name) {

    static List<Key> numbered(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(index -> new Key(index + 1, names.get(index)))
                .toList();
    }
}
