package dev.cyclestream.cli.value;

/** The region of a bucket, as its service calls it. */
public record RegionName(String value) {

    public RegionName {
        if (!value.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("expected a region such as us-east-1, found \"%s\"".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
