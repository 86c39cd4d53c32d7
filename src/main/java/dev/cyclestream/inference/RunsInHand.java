package dev.cyclestream.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import dev.cyclestream.process.EnvironmentVariable;
import dev.cyclestream.process.OnnxLibraries;
import dev.cyclestream.process.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The runs of ONNX Runtime that are going on in this process. Nothing ends under its hands: a process that is told to end (SIGTERM, Ctrl-C,
 * {@link System#exit}) lets each run finish first, and then begins no other.
 *
 * <p>ONNX Runtime closes its environment as soon as the JVM begins to end, whatever runs meanwhile, and the process dies of
 * SIGSEGV. So a second reference is held on the environment, which keeps it until the process is gone.
 */
public final class RunsInHand {

    /** It prints the trace of what {@link #prepare} says in a line. */
    private static final Logger UNPACKING = Logger.getLogger("ai.onnxruntime.OnnxRuntime");

    static final String ENGINE = "OnnxRuntime";
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    /** It crashed from 3,961 bytes; the rest is for what a longer working directory or name may add. */
    private static final int LONGEST_COMMAND_LINE = 3500;

    static {
        // DJL would report its use, look for native libraries elsewhere, and load a second engine for tensor
        // arithmetic.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.onnx.disable_alternative", "true");
    }

    private static final EnvironmentVariable WITHOUT_TELEMETRY = new EnvironmentVariable("ORT_DISABLE_TELEMETRY", "1");

    private static final ReadWriteLock RUNS = new ReentrantReadWriteLock(true);
    private static volatile boolean finishedBySomebody;
    private static boolean prepared;

    private RunsInHand() {}

    /**
     * Loads ONNX Runtime without the telemetry of its maker, before anything else of it is used.
     *
     * @throws IllegalArgumentException if its library cannot be unpacked and loaded, the message says where; or if telemetry
     *     was asked for and would crash
     */
    static synchronized void prepare() {
        if (prepared) {
            return;
        }
        UNPACKING.setLevel(Level.OFF);
        if (!WITHOUT_TELEMETRY.setUnlessGiven()) {
            requireShortCommandLine();
        }
        try {
            OnnxLibraries.unpack();
            Engine.getEngine(ENGINE); // makes the environment with settings of its own, so it must be the first
            OnnxLibraries.loaded();
        } catch (LinkageError | RuntimeException | IOException e) {
            throw new IllegalArgumentException(
                    "%s: expected a folder for temporary files with 64 MB free and not mounted noexec, since ONNX Runtime is unpacked there, found: %s; mount another one there, or name one by -Djava.io.tmpdir"
                            .formatted(TemporaryFolder.given(), rootMessage(e)),
                    e);
        }
        keepEnvironment();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (!finishedBySomebody) {
                                finish();
                            }
                        },
                        "runs-in-hand"));
        prepared = true;
    }

    /** Seen with the telemetry of ONNX Runtime 1.29 on Linux: the process dies of a segmentation fault, without a word. */
    private static void requireShortCommandLine() {
        if (!Files.isReadable(COMMAND_LINE)) {
            return;
        }
        try {
            int length = Files.readAllBytes(COMMAND_LINE).length;
            if (length > LONGEST_COMMAND_LINE) {
                throw new IllegalArgumentException(
                        "command line of the JVM: expected at most %d bytes, found %d, of which the telemetry of ONNX Runtime would crash; set ORT_DISABLE_TELEMETRY=1, start with java -jar, or give the class path by CLASSPATH or in an @argument file"
                                .formatted(LONGEST_COMMAND_LINE, length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(COMMAND_LINE + ": cannot be read", e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    /** Runs something that must not be cut off; waits for ever if the process ends. */
    static <T> T count(Supplier<T> run) {
        RUNS.readLock().lock();
        try {
            return run.get();
        } finally {
            RUNS.readLock().unlock();
        }
    }

    /** Waits for what runs, and lets nothing begin any more. For the last moment before the process ends. */
    public static void finish() {
        RUNS.writeLock().lock();
    }

    /** Somebody calls {@link #finish} when the process is told to end, but has work for the generators before that. */
    public static void finishedBySomebody() {
        finishedBySomebody = true;
    }

    /** There is no such work any more. */
    public static void finishedByNobodyElse() {
        finishedBySomebody = false;
    }

    private static void keepEnvironment() {
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            Method reference =
                    OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            api.setAccessible(true);
            reference.setAccessible(true);
            reference.invoke(null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(), "kept");
        } catch (ReflectiveOperationException e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            throw new GeneratorFailedException("ONNX Runtime: its environment cannot be kept: " + cause, cause);
        }
    }
}
