package dev.cyclestream.trainer.domain;

/** A value for each direction. */
public record PerDirection<T>(T aToB, T bToA) {

    /** The value of a direction. */
    public T of(Direction direction) {
        return direction == Direction.A_TO_B ? aToB : bToA;
    }
}
