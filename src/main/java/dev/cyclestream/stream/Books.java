package dev.cyclestream.stream;

import dev.cyclestream.progress.Progress;

/**
 * What an instance keeps of its inputs, shared by all its threads.
 *
 * @param failed which of them failed
 * @param ids which topics they come from
 * @param progress which are in hand, and which are done
 */
record Books(FailedRecords failed, InputTopicIds ids, Progress progress) {}
