package dev.cyclestream.stream;

import java.util.Optional;

/** The version of this application. */
public final class ApplicationVersion {

    private ApplicationVersion() {}

    /** The version that the build wrote into the jar; {@code development} where there is no jar. */
    public static String current() {
        return Optional.ofNullable(ApplicationVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
