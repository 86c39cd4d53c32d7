/**
 * The checks that what an instance is going to do suits the cluster that it finds: topics, its group, its results so far, the
 * brokers and the registry. What does not is said before the instance joins its group, all of it at once, a line each.
 *
 * <p>Enter at {@link dev.cyclestream.stream.setup.SetUpCheck}. Nothing here changes anything in the cluster but
 * {@link dev.cyclestream.stream.setup.TopicPlan#make}.
 */
package dev.cyclestream.stream.setup;
