package dev.cyclestream.image.tiff;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Names of the kinds of TIFF that are not read. */
final class TiffKinds {

    static final int NONE = 1;

    private static final int RAW_SENSOR = 32803;
    private static final int RAW_LINEAR = 34892;
    private static final int CR2_MARK = 0x4352;
    private static final int CR2_MARK_OFFSET = 8;

    private static final Map<Integer, String> COMPRESSIONS = Map.ofEntries(
            Map.entry(9, "JBIG"),
            Map.entry(10, "JBIG"),
            Map.entry(22610, "JPEG XR"),
            Map.entry(32766, "NeXT"),
            Map.entry(32767, "Sony ARW"),
            Map.entry(32809, "ThunderScan"),
            Map.entry(32895, "IT8"),
            Map.entry(32896, "IT8"),
            Map.entry(32897, "IT8"),
            Map.entry(32898, "IT8"),
            Map.entry(32908, "PixarFilm"),
            Map.entry(32909, "PixarLog"),
            Map.entry(32947, "Kodak DCS"),
            Map.entry(33003, "JPEG 2000"),
            Map.entry(33004, "JPEG 2000"),
            Map.entry(33005, "JPEG 2000"),
            Map.entry(34661, "JBIG"),
            Map.entry(34676, "LogLuv"),
            Map.entry(34677, "LogLuv"),
            Map.entry(34712, "JPEG 2000"),
            Map.entry(34713, "Nikon NEF"),
            Map.entry(34887, "LERC"),
            Map.entry(34892, "lossy DNG"),
            Map.entry(34925, "LZMA"),
            Map.entry(34933, "PNG"),
            Map.entry(34934, "JPEG XR"),
            Map.entry(50000, "Zstandard"),
            Map.entry(50001, "WebP"),
            Map.entry(50002, "JPEG XL"),
            Map.entry(52546, "JPEG XL"),
            Map.entry(65000, "Kodak DCR"),
            Map.entry(65535, "Pentax PEF"));

    private static final Map<Integer, String> COLORS = Map.of(
            4,
            "a transparency mask",
            10,
            "ITU L*a*b*",
            RAW_SENSOR,
            "raw sensor data",
            32844,
            "LogL",
            32845,
            "LogLuv",
            RAW_LINEAR,
            "linear raw data",
            51177,
            "a depth map");

    private TiffKinds() {}

    static ImageRejectedException unsupportedCompression(int compression) {
        return unsupported("compressed with " + COMPRESSIONS.getOrDefault(compression, "method " + compression));
    }

    static ImageRejectedException unsupportedColors(int photometric) {
        return unsupported("of colours that are " + COLORS.getOrDefault(photometric, "of kind " + photometric));
    }

    static ImageRejectedException unsupported(String what) {
        return new ImageRejectedException(Reason.UNSUPPORTED_IMAGE, "TIFF of this kind is not read: " + what);
    }

    /** Raw files of cameras are TIFF whose first image is a thumbnail. */
    static void requireNoCameraRaw(TiffDirectory directory) {
        if (directory.has(TiffTag.DNG_VERSION)) {
            throw raw("DNG");
        }
        if (directory.file().limit() > 16 && isCanonRaw(directory)) {
            throw raw("Canon CR2");
        }
        for (TiffDirectory below : directory.below(TiffTag.SUB_DIRECTORIES)) {
            long photometric = below.number(TiffTag.PHOTOMETRIC, -1);
            if (photometric == RAW_SENSOR || photometric == RAW_LINEAR) {
                throw raw(maker(directory));
            }
        }
        long photometric = directory.number(TiffTag.PHOTOMETRIC, -1);
        if (photometric == RAW_SENSOR || photometric == RAW_LINEAR) {
            throw raw(maker(directory));
        }
    }

    private static boolean isCanonRaw(TiffDirectory directory) {
        byte[] mark = {directory.file().get(CR2_MARK_OFFSET), directory.file().get(CR2_MARK_OFFSET + 1)};
        return (mark[0] << 8 | mark[1]) == CR2_MARK && directory.has(TiffTag.MAKE);
    }

    private static ImageRejectedException raw(String kind) {
        return new ImageRejectedException(
                Reason.UNSUPPORTED_IMAGE,
                "raw files of cameras are not read: %s; develop it to JPEG, PNG or TIFF".formatted(kind));
    }

    private static String maker(TiffDirectory directory) {
        String make = directory
                .bytes(TiffTag.MAKE)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .orElse("unknown");
        String shown = make.replaceAll("[^ -~]", "").strip();
        return "made by " + shown.substring(0, Math.min(32, shown.length()));
    }
}
