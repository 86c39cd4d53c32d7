/**
 * Images in topics: {@link dev.cyclestream.topic.ImagePublisher} sends them, {@link dev.cyclestream.topic.ImageCollector}
 * follows them, and {@link dev.cyclestream.topic.TopicRecords} reads all of a topic or single ones.
 */
package dev.cyclestream.topic;
