package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Guides for people name options that exist, and lead to files and headings that exist. */
class GuidesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern OPTION = Pattern.compile("(?<![-\\w`])`?(--[a-z][a-z0-9-]+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

    static Stream<Path> guides() throws IOException {
        Stream<Path> own = Stream.of(ROOT.resolve("README.md"));
        return Stream.concat(own, markdown("src/doc"));
    }

    static Stream<Path> allPages() throws IOException {
        return Stream.of(
                        guides(),
                        markdown("schemas"),
                        markdown("trainer"),
                        markdown("docker"),
                        markdown("k8s"),
                        markdown(".github"),
                        markdown("src/pictures/doc"))
                .flatMap(pages -> pages);
    }

    private static Stream<Path> markdown(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .toList();
            return pages.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("guides")
    void optionsExist(Path guide) throws IOException {
        Set<String> options = withSubcommands(CyclestreamApplication.commandLine())
                .map(CommandLine::getCommandSpec)
                .flatMap(command -> Stream.of(command.optionsMap(), command.negatedOptionsMap()))
                .flatMap(map -> map.keySet().stream())
                .collect(Collectors.toSet());
        Set<String> named = new TreeSet<>();
        for (String line : Files.readAllLines(guide)) {
            if (!line.contains("cyclestream-trainer.jar")
                    && !line.contains("docker compose")
                    && !line.contains("`train ")) {
                OPTION.matcher(line).results().map(option -> option.group(1)).forEach(named::add);
            }
        }
        named.remove("--size"); // of the trainer
        assertThat(options).containsAll(named);
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(GuidesTest::withSubcommands));
    }

    @ParameterizedTest
    @MethodSource("allPages")
    void linksLeadSomewhere(Path page) throws IOException {
        List<String> broken = LINK.matcher(Files.readString(page))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://") && !leadsSomewhere(page, link))
                .toList();
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || headings(target).contains(parts[1]));
    }

    /** The names by which headings of a page are linked to. */
    private static Set<String> headings(Path page) {
        try (Stream<String> lines = Files.lines(page)) {
            return lines.filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceAll("^#+ ", "")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z0-9 -]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
