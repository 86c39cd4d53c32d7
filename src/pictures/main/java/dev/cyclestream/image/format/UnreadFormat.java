package dev.cyclestream.image.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** A kind of file that people send as an image and that is not read here, so that they can be told which. */
enum UnreadFormat {
    AVIF("AVIF", ".{4}ftyp(avi[fs]|(mif1|msf1).{4}.*avi[fs])"),
    HEIC("HEIC, the format of iPhones", ".{4}ftyp(he[iv][cxms]|mif1|msf1)"),
    CAMERA_RAW(
            "camera raw",
            ".{4}ftypcrx|FUJIFILMCCD-RAW|IIU\\x00|IIR[OS]|MMOR|FOVb|\\x00MRM|II\\x1A\\x00{3}HEAPCCDR|ARRI"),
    VIDEO(
            "video",
            ".{4}ftyp|.{4}(moov|mdat|wide|free)|\\x1A\\x45\\xDF\\xA3|RIFF.{4}AVI |\\x00\\x00\\x01[\\xB3\\xBA]|FLV|OggS"),
    JPEG_XL("JPEG XL", "\\xFF\\x0A|\\x00\\x00\\x00\\x0CJXL "),
    JPEG_2000("JPEG 2000", "\\x00\\x00\\x00\\x0CjP  |\\xFF\\x4F\\xFF\\x51"),
    JPEG_XR("JPEG XR", "II\\xBC"),
    PHOTOSHOP("PSD, the format of Photoshop", "8BPS"),
    GIMP("XCF, the format of GIMP", "gimp xcf"),
    ICON("ICO", "\\x00\\x00\\x01\\x00[^\\x00]\\x00"),
    CURSOR("CUR", "\\x00\\x00\\x02\\x00[^\\x00]\\x00"),
    ICNS("ICNS, the icons of macOS", "icns"),
    SVG("SVG", "(\\xEF\\xBB\\xBF)?\\s*(<svg|(<\\?xml|<!--|<!DOCTYPE svg).*?<svg)[\\s>:]"),
    PDF("PDF", ".{0,1000}?%PDF-"),
    POSTSCRIPT("PostScript", "%!PS|\\xC5\\xD0\\xD3\\xC6"),
    NETPBM("Netpbm", "P[1-7]\\s|P[Ff]\\s"),
    TARGA(
            "TGA",
            "\\x00\\x00[\\x02\\x03\\x0A\\x0B]\\x00{5}|\\x00\\x01[\\x01\\x09]\\x00{2}.[\\x00\\x01][\\x0F\\x10\\x18\\x20]"),
    DIRECT_DRAW("DDS, textures of games", "DDS |\\xABKTX"),
    OPEN_EXR("OpenEXR", "\\x76\\x2F\\x31\\x01"),
    RADIANCE("Radiance HDR", "#\\?(RADIANCE|RGBE)"),
    BPG("BPG", "BPG\\xFB"),
    FLIF("FLIF", "FLIF"),
    QOI("QOI", "qoif"),
    FARBFELD("farbfeld", "farbfeld"),
    MNG("MNG or JNG", "[\\x8A\\x8B][MJ]NG"),
    PCX("PCX", "\\x0A[\\x00\\x02-\\x05]\\x01[\\x01\\x02\\x04\\x08]"),
    SGI("SGI", "\\x01\\xDA[\\x00\\x01][\\x01\\x02]"),
    SUN_RASTER("Sun raster", "\\x59\\xA6\\x6A\\x95"),
    METAFILE("WMF or EMF, drawings of Windows", "\\xD7\\xCD\\xC6\\x9A|\\x01\\x00{3}.{36} EMF"),
    PIXMAP("XPM or XBM", "/\\* XPM \\*/|#define \\w+_width "),
    DJVU("DjVu", "AT&TFORM"),
    DICOM("DICOM, images of hospitals", ".{128}DICM"),
    FITS("FITS, images of telescopes", "SIMPLE  =");

    /** As much as their beginnings are looked at, comments before a drawing included. */
    private static final int BEGINNING = 4096;

    private final String title;
    private final Pattern signature;

    /** @param signature what files begin with, a character for each byte */
    UnreadFormat(String title, String signature) {
        this.title = title;
        this.signature = Pattern.compile(signature, Pattern.DOTALL);
    }

    /** The kind that these bytes begin like. */
    static Optional<UnreadFormat> sniff(byte[] encoded) {
        String beginning = new String(encoded, 0, Math.min(BEGINNING, encoded.length), StandardCharsets.ISO_8859_1);
        for (UnreadFormat format : values()) {
            if (format.signature.matcher(beginning).lookingAt()) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The name that people use. */
    String title() {
        return title;
    }
}
