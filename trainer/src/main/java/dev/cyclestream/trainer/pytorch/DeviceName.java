package dev.cyclestream.trainer.pytorch;

/** The name of a device that computes; whether it is there is known when it is asked for. */
public record DeviceName(String value) {

    public DeviceName {
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
