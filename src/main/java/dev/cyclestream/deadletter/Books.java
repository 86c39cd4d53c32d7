package dev.cyclestream.deadletter;

import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.progress.Progress;

/**
 * The books that an instance keeps of its inputs, shared by all its threads.
 *
 * @param failed which of them failed
 * @param ids which topics they come from
 * @param progress which are in hand, and which are done
 */
public record Books(FailedRecords failed, InputTopicIds ids, Progress progress) implements AutoCloseable {
    @Override
    public void close() {
        failed.close();
        ids.close();
    }
}
