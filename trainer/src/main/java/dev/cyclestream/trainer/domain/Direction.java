package dev.cyclestream.trainer.domain;

/** The way in which a generator translates. Metadata spells it by its name: {@code A_TO_B}. */
public enum Direction {
    A_TO_B(Domain.A, Domain.B),
    B_TO_A(Domain.B, Domain.A);

    private final Domain source;
    private final Domain target;

    Direction(Domain source, Domain target) {
        this.source = source;
        this.target = target;
    }

    /** The domain that is translated from. */
    public Domain source() {
        return source;
    }

    /** The domain that is translated to. */
    public Domain target() {
        return target;
    }

    /** The way back. */
    public Direction opposite() {
        return this == A_TO_B ? B_TO_A : A_TO_B;
    }

    /** The spelling in names of columns and tags: {@code ab}. */
    public String suffix() {
        return source.suffix() + target.suffix();
    }

    /** The spelling that people read: {@code A to B}. */
    public String title() {
        return "%s to %s".formatted(source, target);
    }

    /** The name of the file that a generator of this direction is exported to: {@code a-to-b.onnx}. */
    public String fileName() {
        return "%s-to-%s.onnx".formatted(source.suffix(), target.suffix());
    }
}
