package dev.cyclestream.trainer.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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

    /** Writes the arrays, one after the other to save memory; the same arrays give the same bytes. */
    static void write(Path file, Map<String, NDArray> arrays) throws IOException {
        try (ZipOutputStream output = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            output.setLevel(Deflater.NO_COMPRESSION); // numbers of this kind do not shrink
            for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
                copyWithoutTime(encoded(entry.getKey(), entry.getValue()), output);
            }
        }
    }

    /** A whole file of one array. */
    private static byte[] encoded(String name, NDArray array) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        NDArray copy = array.duplicate();
        copy.setName(name);
        try (NDList named = new NDList(copy)) {
            named.encode(encoded, NDList.Encoding.NPZ);
        }
        return encoded.toByteArray();
    }

    /** DJL writes the time of day into each entry of the zip. */
    private static void copyWithoutTime(byte[] zipOfOne, ZipOutputStream output) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zipOfOne))) {
            ZipEntry copy = new ZipEntry(entries.getNextEntry().getName());
            copy.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the first that the format knows
            output.putNextEntry(copy);
            entries.transferTo(output);
            output.closeEntry();
        }
    }

    /**
     * The arrays in the order in which they were written; they belong to the manager.
     *
     * @throws InvalidRunException if there is no such file, or another
     */
    static Map<String, NDArray> read(Path file, NDManager manager) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidRunException(file + ": expected a file of arrays, found none");
        }
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        try (InputStream input = Files.newInputStream(file)) {
            for (NDArray array : NDList.decode(manager, input)) {
                arrays.put(array.getName(), array);
            }
        } catch (EOFException | RuntimeException e) { // DJL does not say which of them it throws
            throw new InvalidRunException("%s: expected a file of arrays, found another: %s".formatted(file, e));
        }
        return arrays;
    }
}
