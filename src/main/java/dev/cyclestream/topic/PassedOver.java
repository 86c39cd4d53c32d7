package dev.cyclestream.topic;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of a topic that hold no image: how many there are, and where the first few are. */
public final class PassedOver {

    private static final Logger LOGGER = LoggerFactory.getLogger(PassedOver.class);

    /** Named, here and in the log. */
    private static final int MOST_NAMED = 5;

    private final String topic;
    private final List<String> named = new ArrayList<>();
    private long count;
    private long withoutValue;

    PassedOver(String topic) {
        this.topic = topic;
    }

    /** Counts a record that holds something else, or what cannot be read. */
    public void add(int partition, long offset, String why) {
        count++;
        if (count <= MOST_NAMED) {
            named.add("partition %d offset %d: %s".formatted(partition, offset, why));
            LOGGER.warn("passed over: {} {}", topic, named.get(named.size() - 1));
        }
    }

    /** Counts a record without a value: it says that the image of its key was deleted. */
    void addWithoutValue() {
        withoutValue++;
    }

    /** Records that hold something else, or what cannot be read. */
    public long count() {
        return count;
    }

    /** Records without a value. */
    public long withoutValue() {
        return withoutValue;
    }

    /** The places of the first few, and what they hold; empty if there are none. */
    public String describe() {
        String list = String.join("; ", named);
        return count > MOST_NAMED ? "%s; and %d more".formatted(list, count - MOST_NAMED) : list;
    }
}
