package dev.cyclestream.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The native libraries of ONNX Runtime, unpacked where they go with the process. By itself it unpacks them to where the JVM
 * said when it began, and means to remove them when the process exits: they stay if it halts or is killed, and an empty folder
 * in any case.
 */
public final class OnnxLibraries {

    private static final String RUNTIME = "ai.onnxruntime.OnnxRuntime";
    private static final String SETTING = "onnxruntime.native.path";

    /** The first two are there on every machine. */
    private static final List<String> NAMES = List.of(
            "onnxruntime",
            "onnxruntime4j_jni",
            "onnxruntime_providers_shared",
            "onnxruntime_providers_cuda",
            "onnxruntime_providers_tensorrt");

    private OnnxLibraries() {}

    /**
     * Unpacks them, before anything else of ONNX Runtime is used, unless somebody has done so.
     *
     * @throws IOException if the folder for temporary files has no room
     */
    public static void unpack() throws IOException {
        if (System.getProperty(SETTING) != null || TemporaryFolder.own().isEmpty()) {
            return;
        }
        Path folder = TemporaryFolder.own().get().resolve("onnxruntime");
        Files.createDirectories(folder);
        try {
            Class<?> runtime = Class.forName(RUNTIME);
            String machine = (String) field(runtime, "OS_ARCH_STR").get(null);
            for (String library : NAMES) {
                String name = System.mapLibraryName(library);
                try (InputStream packed =
                        runtime.getResourceAsStream("/ai/onnxruntime/native/" + machine + "/" + name)) {
                    if (packed != null) {
                        Files.copy(packed, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        } catch (ReflectiveOperationException e) {
            return; // another version: it unpacks them by itself
        }
        if (Files.exists(folder.resolve(System.mapLibraryName(NAMES.get(1))))) {
            System.setProperty(SETTING, folder.toString());
        }
    }

    /** Removes the folder that it made for them, if it did not need it. */
    public static void loaded() {
        try {
            Path unused = (Path) field(Class.forName(RUNTIME), "tempDirectory").get(null);
            if (unused != null) {
                Files.deleteIfExists(unused);
            }
        } catch (DirectoryNotEmptyException e) {
            // It unpacked them by itself.
        } catch (IOException | ReflectiveOperationException e) {
            // An empty folder stays.
        }
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
