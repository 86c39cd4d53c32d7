package dev.cyclestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bill of materials against the jars that the build made and collected. */
class SbomIT {

    private static final Path TARGET = Path.of("target");
    private static final String OWN = "dev.cyclestream.";

    private List<JsonObject> components;

    @BeforeEach
    void read() throws IOException {
        Path sbom = TARGET.resolve("cyclestream-sbom.json");
        if (!Files.exists(sbom)) {
            System.err.println("SKIPPED: the bill of materials, which an offline build does not write");
        }
        assumeThat(sbom).exists();
        components = StreamSupport.stream(
                        JsonParser.parseString(Files.readString(sbom))
                                .getAsJsonObject()
                                .getAsJsonArray("components")
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    @Test
    void everyJarIsInIt() throws IOException {
        Set<String> hashes = new HashSet<>();
        elements("hashes").forEach(hash -> hashes.add(hash.get("content").getAsString()));
        for (Path jar : jars()) {
            if (!jar.getFileName().toString().startsWith("cyclestream-")) {
                assertThat(hashes).as(jar.toString()).contains(DigestUtils.sha256Hex(Files.readAllBytes(jar)));
            }
        }
    }

    @Test
    void everyPackageThatOurJarsHoldIsOursOrThatOfAComponent() throws IOException {
        List<String> listed = elements("properties")
                .filter(property -> property.get("name").getAsString().equals("cyclestream:packages"))
                .flatMap(property ->
                        Stream.of(property.get("value").getAsString().split(", ", -1)))
                .toList();
        for (Path jar : jars()) {
            if (jar.getFileName().toString().startsWith("cyclestream-")) {
                assertThat(packages(jar))
                        .isNotEmpty()
                        .allMatch(name -> name.startsWith(OWN)
                                || listed.stream().anyMatch(part -> (name + ".").startsWith(part + ".")));
            }
        }
    }

    @Test
    void noComponentIsInItTwice() {
        assertThat(components)
                .extracting(component -> component.get("purl").getAsString())
                .doesNotHaveDuplicates();
    }

    private Stream<JsonObject> elements(String name) {
        return components.stream()
                .filter(component -> component.has(name))
                .flatMap(component ->
                        StreamSupport.stream(component.getAsJsonArray(name).spliterator(), false))
                .map(JsonElement::getAsJsonObject);
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> jars = Files.list(TARGET.resolve("lib"))) {
            return jars.toList();
        }
    }

    private static Set<String> packages(Path jar) throws IOException {
        Set<String> packages = new HashSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .forEach(name -> packages.add(
                            name.substring(0, name.lastIndexOf('/')).replace('/', '.')));
        }
        return packages;
    }
}
