package dev.cyclestream.cli.value;

import java.util.regex.Pattern;

/** The name of a bucket of S3 and what speaks like it. */
public record BucketName(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");

    public BucketName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected a bucket, 3 to 63 letters, digits, dots, underscores and hyphens, found \"%s\""
                            .formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
