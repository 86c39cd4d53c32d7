package dev.cyclestream.trainer.cli;

/** What computes, by name; whether it is there is known when it is asked for. */
record DeviceName(String value) {

    DeviceName {
        if (!value.matches("cpu|auto|gpu(:\\d{1,3})?")) {
            throw new IllegalArgumentException(
                    "expected cpu, gpu, gpu:1 and so on, or auto, found \"%s\"".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
