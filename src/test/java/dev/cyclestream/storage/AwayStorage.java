package dev.cyclestream.storage;

/** A store that does not answer, for tests of other packages. */
public final class AwayStorage {

    private AwayStorage() {}

    public static StorageUnreachableException failure(String message) {
        return new StorageUnreachableException(message, null);
    }
}
