package dev.cyclestream.file;

import dev.cyclestream.process.LastMoment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that gets its name when all of it is there, and is gone if that does not come about. Everybody may read it whom the
 * process lets read its files. What a process that was killed left half written is removed by whoever writes into the same
 * folder next: a file that is being written is locked.
 */
public final class WholeFile implements AutoCloseable {

    private static final String SUFFIX = ".partial";

    /** Between making a file and locking it, another process must not take it for an abandoned one. */
    private static final Duration BEGINNING = Duration.ofSeconds(1);

    private static final Set<Path> TIDIED = ConcurrentHashMap.newKeySet();
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

    static {
        LastMoment.add(() -> UNFINISHED.forEach(WholeFile::remove));
    }

    private final Path target;
    private final Path aside;
    private final FileChannel channel;

    /**
     * Makes an empty file beside the place of the finished one; the folder is made if it is missing.
     *
     * @throws FileNotWrittenException if that cannot be done
     */
    public WholeFile(Path target) throws FileNotWrittenException {
        this.target = target;
        Path folder = target.toAbsolutePath().getParent();
        aside = folder.resolve("." + UUID.randomUUID() + SUFFIX);
        try {
            Files.createDirectories(folder);
            if (TIDIED.add(folder)) {
                removeAbandoned(folder);
            }
            UNFINISHED.add(aside);
            channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new FileNotWrittenException(target, e);
        }
        lock(channel);
    }

    /**
     * Writes a file.
     *
     * @throws FileNotWrittenException if that cannot be done; then nothing of it is left, and what had its name is as it was
     */
    public static void write(Path target, byte[] content) throws FileNotWrittenException {
        try (WholeFile file = new WholeFile(target)) {
            file.attempt(() -> Channels.newOutputStream(file.channel).write(content));
            file.finish();
        }
    }

    /** The stream for its content; need not be closed. It throws {@link FileNotWrittenException} if the disk is full, for example. */
    public OutputStream content() {
        OutputStream channelled = Channels.newOutputStream(channel);
        return new OutputStream() {
            @Override
            public void write(int one) throws FileNotWrittenException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws FileNotWrittenException {
                attempt(() -> channelled.write(bytes, offset, length));
            }
        };
    }

    /**
     * Gives it its name, in place of what had it.
     *
     * @throws FileNotWrittenException if that cannot be done
     */
    public void finish() throws FileNotWrittenException {
        attempt(() -> Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void close() throws FileNotWrittenException {
        attempt(channel::close);
        remove(aside);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void attempt(Step step) throws FileNotWrittenException {
        try {
            step.run();
        } catch (IOException e) {
            throw new FileNotWrittenException(target, e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A disk that does not even let go of files: the next one that writes to the folder removes it.
        }
        UNFINISHED.remove(file);
    }

    /**
     * Removes what processes that are no more left half written in a folder.
     *
     * @param folder may be missing
     */
    public static void removeAbandoned(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> partial = Files.newDirectoryStream(folder.toAbsolutePath(), ".*-*-*-*-*" + SUFFIX)) {
            for (Path file : partial) {
                removeIfAbandoned(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The folder cannot be listed: they stay, and whoever writes to it fails of something that is said.
        }
    }

    private static void removeIfAbandoned(Path file) {
        if (UNFINISHED.contains(file)) {
            return; // closing another channel of it would take away the lock
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            Instant begun =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            if (begun.isBefore(Instant.now().minus(BEGINNING)) && lock(channel)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It is another user's, or gone.
        }
    }

    /** Returns false if another one has the lock, or there are no locks on this file system. */
    private static boolean lock(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }
}
