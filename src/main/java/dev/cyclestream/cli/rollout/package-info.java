/** The commands of {@code rollout}, which operators use while the stream runs. */
package dev.cyclestream.cli.rollout;
