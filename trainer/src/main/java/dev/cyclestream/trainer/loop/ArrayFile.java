package dev.cyclestream.trainer.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arrays by name in a file of NumPy's npz format. */
final class ArrayFile {

    private ArrayFile() {}

    static void write(Path file, Map<String, NDArray> arrays) throws IOException {
        try (OutputStream output = Files.newOutputStream(file);
                NDList named = new NDList()) {
            arrays.forEach((name, array) -> {
                NDArray copy = array.duplicate();
                copy.setName(name);
                named.add(copy);
            });
            named.encode(output, NDList.Encoding.NPZ);
        }
    }

    /** The arrays in the order in which they were written; they belong to the manager. */
    static Map<String, NDArray> read(Path file, NDManager manager) throws IOException {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        try (InputStream input = Files.newInputStream(file)) {
            for (NDArray array : NDList.decode(manager, input)) {
                arrays.put(array.getName(), array);
            }
        }
        return arrays;
    }
}
