package dev.cyclestream.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that cannot be written now, since the disk is full for example; the message names the file. */
public final class FileNotWrittenException extends IOException {

    FileNotWrittenException(Path file, IOException cause) {
        super("%s: cannot be written: %s".formatted(file, describe(cause)), cause);
    }

    /** A reason without the name of the file, which is another one until it is whole. */
    private static String describe(IOException failure) {
        String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }
}
