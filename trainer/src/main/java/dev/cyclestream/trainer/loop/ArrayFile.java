package dev.cyclestream.trainer.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Arrays by name in a file of NumPy's npz format. */
final class ArrayFile {

    private ArrayFile() {}

    /** Writes the arrays; the same arrays give the same bytes. */
    static void write(Path file, Map<String, NDArray> arrays) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (NDList named = new NDList()) {
            arrays.forEach((name, array) -> {
                NDArray copy = array.duplicate();
                copy.setName(name);
                named.add(copy);
            });
            named.encode(encoded, NDList.Encoding.NPZ);
        }
        try (OutputStream output = Files.newOutputStream(file)) {
            copyWithoutTimes(new ByteArrayInputStream(encoded.toByteArray()), output);
        }
    }

    /** DJL writes the time of day into each entry of the zip. */
    private static void copyWithoutTimes(InputStream zip, OutputStream output) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(zip);
                ZipOutputStream copies = new ZipOutputStream(output)) {
            copies.setLevel(Deflater.NO_COMPRESSION); // numbers of this kind do not shrink
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the first that the format knows
                copies.putNextEntry(copy);
                entries.transferTo(copies);
                copies.closeEntry();
            }
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
