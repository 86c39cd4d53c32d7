/**
 * Failures: their kinds, the policy for each kind, and the records in which they are kept. Enter at {@link
 * dev.cyclestream.deadletter.FailureKind}.
 *
 * <h2>Records that fail</h2>
 *
 * No record may stop the stream, whatever it holds. {@link dev.cyclestream.deadletter.FailureKind} tells apart what is at fault;
 * where nobody knows, the input is tried again and counted, and the third failure of the same topic, partition and offset makes a
 * dead letter {@code FAILED_REPEATEDLY}. How it fails decides where it is found and counted:
 *
 * <ul>
 *   <li>What the output topic would refuse is seen before it is sent: {@link dev.cyclestream.kafka.TopicLimits}.
 *   <li>What is larger than the memory when it is read is found by reading one by one, and passed over:
 *       {@link dev.cyclestream.stream.client.WatchedConsumer}.
 *   <li>What throws while the image is translated, also an {@link java.lang.OutOfMemoryError}, is tried three times on the spot,
 *       alone: {@link dev.cyclestream.deadletter.Attempts}. Nothing needs to be written down.
 *   <li>What fails the transaction names no input. From then on records are committed one by one, and the failures of the culprit
 *       are counted in {@link dev.cyclestream.deadletter.FailuresTopic}: {@link dev.cyclestream.deadletter.FailedRecords}.
 *   <li>What ends the process while an image is translated leaves nobody to count. So the next owner of a partition that begins
 *       where the last one began writes each attempt down beforehand, for a few records:
 *       {@link dev.cyclestream.stream.Takeovers}. The first ends are not counted, since a process is killed for other reasons,
 *       too; one that comes while no image is translated never is.
 * </ul>
 *
 * A failure of every record is the fault of the instance, which stops: after a trial of the generator, or after too many dead
 * letters with no result between them. A dead letter that is refused itself is cut down until it is taken:
 * {@link dev.cyclestream.deadletter.DeadLetterRecord}.
 */
package dev.cyclestream.deadletter;
