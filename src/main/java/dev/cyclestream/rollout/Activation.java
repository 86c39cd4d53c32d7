package dev.cyclestream.rollout;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of a split in one partition, as it is written in the transaction of the first result that the split made.
 *
 * @param topic that is read
 * @param topicId Kafka's id of that topic: what was decided for a topic that was deleted does not hold for one that is made anew
 *     under its name
 * @param offset of the first record for which the split holds
 * @param split number of it
 */
public record Activation(String topic, String topicId, int partition, long offset, long split) {

    private static final Gson GSON = new Gson();

    /** The key of the record, which no other activation has. */
    public byte[] key() {
        return "%s/%s/%d/%d".formatted(topic, topicId, partition, split).getBytes(StandardCharsets.UTF_8);
    }

    /** The value of the record: an object of JSON. */
    public byte[] value() {
        return GSON.toJson(this).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an activation.
     *
     * @param where it is from, for messages
     * @throws UnreadableScheduleException if it is none
     */
    static Activation of(byte[] value, String where) {
        String json = value == null ? "" : new String(value, StandardCharsets.UTF_8);
        try {
            Activation activation = GSON.fromJson(json, Activation.class);
            if (activation == null || activation.topic == null || activation.split < 1) {
                throw new UnreadableScheduleException(where, "an activation", json, null);
            }
            return activation;
        } catch (JsonParseException e) {
            throw new UnreadableScheduleException(where, "an activation", json, e);
        }
    }
}
