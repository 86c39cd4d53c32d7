package dev.cyclestream.trainer.cli;

/** A saved state as people name it: newest, best, a number of steps, or a path. */
record StateName(String value) {

    StateName {
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
