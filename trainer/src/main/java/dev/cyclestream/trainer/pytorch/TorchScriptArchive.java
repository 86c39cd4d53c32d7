package dev.cyclestream.trainer.pytorch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The file format in which PyTorch keeps programs: a zip of stored entries. Holds code only, no tensors. */
final class TorchScriptArchive {

    private static final String HEADER = """
            class Program(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
            """;

    /** A pickled instance of {@code __torch__.Program} whose only attribute is {@code training = True}. */
    private static final String PICKLED_MODULE =
            "\u0080\u0002c__torch__\nProgram\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0088ub.";

    /** A pickled empty tuple: the program has no constant tensors. */
    private static final String PICKLED_CONSTANTS = "\u0080\u0002).";

    private static final String FORMAT_VERSION = "3\n";

    private TorchScriptArchive() {}

    /**
     * The archive as bytes.
     *
     * @param methods methods of {@code __torch__.Program}, indented by two spaces
     */
    static byte[] of(String methods) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "program/data.pkl", PICKLED_MODULE.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "program/code/__torch__.py", (HEADER + methods).getBytes(StandardCharsets.UTF_8));
            store(zip, "program/constants.pkl", PICKLED_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "program/version", FORMAT_VERSION.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
