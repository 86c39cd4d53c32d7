package dev.cyclestream.trainer.run;

/** A saved state as people name it: newest, best, a number of steps, or a path. */
public record StateName(String value) {

    public StateName {
        if (!value.matches("(?=.*\\S)[^\\p{Cntrl}]+")) {
            throw new IllegalArgumentException(
                    "expected newest, best, a number of steps or a path, found \"%s\"".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
