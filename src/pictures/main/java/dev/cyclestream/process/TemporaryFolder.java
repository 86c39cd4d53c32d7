package dev.cyclestream.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A folder for the temporary files of this process alone, below the one that the machine or {@code -Djava.io.tmpdir} names.
 * Libraries unpack tens of megabytes of native code there, and many of them never take it away. It goes with the process; what
 * a process that was killed left is removed by the next one that begins: a folder in use is locked.
 */
public final class TemporaryFolder {

    private static final String SETTING = "java.io.tmpdir";
    private static final String PREFIX = "cyclestream-";
    private static final String LOCK = "lock";

    /** Between making a folder and locking it, another process must not take it for an abandoned one. */
    private static final Duration BEGINNING = Duration.ofMinutes(1);

    private static final Path GIVEN = Path.of(System.getProperty(SETTING));
    private static Optional<Path> own = Optional.empty();

    /** Held as long as the process lasts: a channel that nobody holds is closed, and its lock gone. */
    @SuppressWarnings("UnusedVariable")
    private static Optional<FileLock> held = Optional.empty();

    private TemporaryFolder() {}

    /** The folder that was given to the process, for messages. */
    public static Path given() {
        return GIVEN;
    }

    /** The folder of this process for temporary files: for {@link Files}, which knows only the folder that was given. */
    public static synchronized Path path() {
        return own.orElse(GIVEN);
    }

    /** The folder of this process alone; empty if there is none. */
    static synchronized Optional<Path> own() {
        return own;
    }

    /**
     * Makes it, before anything else looks where temporary files go. Where that cannot be done they go where they would have
     * gone: whoever needs one says so.
     */
    public static synchronized void begin() {
        Path folder = GIVEN.toAbsolutePath().resolve(PREFIX + UUID.randomUUID());
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            own = Optional.of(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            held = Optional.ofNullable(channel.tryLock());
        } catch (IOException | UnsupportedOperationException e) {
            remove();
            return;
        }
        System.setProperty(SETTING, folder.toString());
        LastMoment.add(TemporaryFolder::remove);
        removeAbandoned(folder);
    }

    private static synchronized void remove() {
        own.ifPresent(TemporaryFolder::remove);
        own = Optional.empty();
    }

    private static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // Something is put there at the same moment: the next process removes it.
        }
    }

    private static void removeAbandoned(Path mine) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(mine.getParent(), PREFIX + "*-*-*-*-*")) {
            UserPrincipal owner = Files.getOwner(mine);
            for (Path folder : folders) {
                if (!folder.equals(mine) && isAbandoned(folder, owner)) {
                    remove(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // They stay, as they would have without us.
        }
    }

    /** A folder that belongs to others is left alone: it may be a trap. */
    private static boolean isAbandoned(Path folder, UserPrincipal owner) {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                return false;
            }
            Path lock = folder.resolve(LOCK);
            if (!Files.exists(lock)) {
                Instant made = Files.getLastModifiedTime(folder).toInstant();
                return made.isBefore(Instant.now().minus(BEGINNING));
            }
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                return channel.tryLock() != null;
            }
        } catch (IOException e) {
            return false; // gone meanwhile, or no business of ours
        }
    }
}
