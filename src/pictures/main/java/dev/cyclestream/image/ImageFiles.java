package dev.cyclestream.image;

import dev.cyclestream.option.OneLine;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files below a folder that are, or may be, images; links are followed.
 *
 * @param files in the order of their paths
 * @param passedOver what was not looked at: files and folders that are hidden or that tools leave behind, whose thumbnails and
 *     copies nobody means, and links that lead nowhere or back up, in the order of their paths
 */
public record ImageFiles(List<Path> files, List<Path> passedOver) {

    /** Of Windows, macOS, network storage and file systems, in lower case; most others begin with a dot. */
    private static final Set<String> OF_TOOLS = Set.of(
            "thumbs.db",
            "ehthumbs.db",
            "ehthumbs_vista.db",
            "desktop.ini",
            "picasa.ini",
            "$recycle.bin",
            "system volume information",
            "_vti_cnf",
            "__macosx",
            "icon\r",
            "@eadir",
            "@tmp",
            "@recycle",
            "@recently-snapshot",
            "#recycle",
            "#snapshot",
            "lost+found");

    private static final int MOST_NAMED = 5;

    public ImageFiles {
        files = List.copyOf(files);
        passedOver = List.copyOf(passedOver);
    }

    /** All below a folder, which may itself be called anything. */
    public static ImageFiles below(Path folder) throws IOException {
        Walk walk = new Walk(folder);
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        return new ImageFiles(
                walk.files.stream().sorted().toList(),
                walk.passedOver.stream().sorted().toList());
    }

    /**
     * One line on what was passed over, for people; empty if nothing was.
     *
     * @param root that all of it is below
     */
    public static Optional<String> describe(Path root, List<Path> passedOver) {
        if (passedOver.isEmpty()) {
            return Optional.empty();
        }
        String named = passedOver.stream()
                .limit(MOST_NAMED)
                .map(path -> root.relativize(path).toString())
                .collect(Collectors.joining(", "));
        int others = passedOver.size() - MOST_NAMED;
        return Optional.of(OneLine.of(
                "%s: passed over %d that are hidden, left by tools, or links that lead nowhere or back up: %s%s"
                        .formatted(
                                root, passedOver.size(), named, others > 0 ? " and %d more".formatted(others) : "")));
    }

    private static final class Walk extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<Path> files = new ArrayList<>();
        private final List<Path> passedOver = new ArrayList<>();

        private Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (!folder.equals(root) && (isOfTools(folder) || leadsBackUp(folder))) {
                passedOver.add(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isOfTools(file)
                    || attributes.isSymbolicLink()) { // one that could be followed would not be seen as a link
                passedOver.add(file);
            } else if (attributes.isRegularFile()) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (!(failure instanceof FileSystemLoopException)
                    && !isOfTools(file)) { // a folder that may not be read, too
                throw failure;
            }
            passedOver.add(file);
            return FileVisitResult.CONTINUE;
        }

        private static boolean isOfTools(Path path) {
            String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
            return name.startsWith(".") || OF_TOOLS.contains(name);
        }

        /** Also above the root: what lies beside it is not meant. */
        private static boolean leadsBackUp(Path folder) throws IOException {
            return Files.isSymbolicLink(folder)
                    && folder.toAbsolutePath().getParent().toRealPath().startsWith(folder.toRealPath());
        }
    }
}
