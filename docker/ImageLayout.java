import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Lays a program (a jar with {@code lib/} beside it) out as the layers of an image, those that change least first:
 *
 * <pre>
 * native/     native libraries of this platform, out of their jars: nothing is unpacked at run time
 * lib/        jars of others, without native libraries
 * resources/  checkpoints out of our jar
 * own/        our jars: what a change of code ships
 * </pre>
 *
 * Files have one fixed time, so that equal contents are equal layers wherever they were built.
 */
public final class ImageLayout {

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib|sys|a)|.*\\.dSYM/.*");
    private static final Pattern THIS_PLATFORM = Pattern.compile(
            switch (System.getProperty("os.arch")) {
                case "amd64" -> ".*(linux[-_/](amd64|x86[-_]64|x64)/|linux64\\.so).*";
                case "aarch64" -> ".*linux[-_/]?aarch64[/.].*";
                default -> throw new IllegalArgumentException("os.arch: expected amd64 or aarch64, found "
                        + System.getProperty("os.arch"));
            },
            Pattern.CASE_INSENSITIVE);

    /** DJL looks for these in a cache of its own, which the Dockerfile fills. */
    private static final Pattern PYTORCH = Pattern.compile("(pytorch|jnilib)/.*");

    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private final Path layers;

    private ImageLayout(Path layers) {
        this.layers = layers;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected PROGRAM LAYERS, found " + List.of(arguments));
        }
        new ImageLayout(Path.of(arguments[1])).lay(Path.of(arguments[0]));
    }

    private void lay(Path program) throws IOException {
        for (String folder : List.of("native", "lib", "resources", "own/lib")) {
            Files.createDirectories(layers.resolve(folder));
        }
        for (Path jar : jars(program.resolve("lib"))) {
            boolean ours = jar.getFileName().toString().startsWith("cyclestream");
            layJar(jar, layers.resolve(ours ? "own/lib" : "lib"));
        }
        for (Path jar : jars(program)) {
            layJar(jar, layers.resolve("own"));
        }
        try (Stream<Path> all = Files.walk(layers)) {
            for (Path each : all.toList()) {
                Files.setLastModifiedTime(each, TIME);
            }
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            if (jars.isEmpty()) {
                throw new IllegalArgumentException(folder + ": expected jars, found none; was the program packaged?");
            }
            return jars;
        }
    }

    private void layJar(Path jar, Path folder) throws IOException {
        Path target = folder.resolve(jar.getFileName());
        try (ZipFile file = new ZipFile(jar.toFile())) {
            if (file.stream().noneMatch(entry -> moves(entry.getName()))) {
                Files.copy(jar, target);
                return;
            }
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
                for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                    ZipEntry entry = entries.nextElement();
                    if (!moves(entry.getName())) {
                        ZipEntry same = new ZipEntry(entry.getName());
                        same.setLastModifiedTime(entry.getLastModifiedTime());
                        out.putNextEntry(same);
                        file.getInputStream(entry).transferTo(out);
                        out.closeEntry();
                    } else if (!entry.isDirectory()) {
                        move(file, entry);
                    }
                }
            }
        }
    }

    private static boolean moves(String name) {
        return name.endsWith(".onnx") || NATIVE.matcher(name).matches();
    }

    /** Native libraries of other platforms go nowhere. */
    private void move(ZipFile jar, ZipEntry entry) {
        String name = entry.getName();
        try (InputStream content = jar.getInputStream(entry)) {
            if (name.endsWith(".onnx")) {
                Path file = layers.resolve("resources").resolve(name);
                Files.createDirectories(file.getParent());
                Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            } else if (THIS_PLATFORM.matcher(name).matches() && !PYTORCH.matcher(name).matches()) {
                Files.copy(content, layers.resolve("native").resolve(name.substring(name.lastIndexOf('/') + 1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(jar.getName() + ": " + name, e);
        }
    }
}
