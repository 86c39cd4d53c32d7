package dev.cyclestream.gallery;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Turns the id of an image, which a stranger may have chosen, into the path of a file that stays below a folder.
 *
 * <p>An id that is a harmless relative path is kept as it is, with an extension if it lacks one. Any other loses what is
 * not harmless and gets a hash of the id. Harmless is what every usual file system takes and no program mistakes for something
 * else: Windows has names that are devices, Linux and macOS count bytes.
 */
final class FileName {

    /** In bytes; file systems take 255, and an extension and a hash come behind it. */
    private static final int LONGEST_NAME = 200;

    /** In bytes; Linux takes 4096 with the folder's own path. */
    private static final int LONGEST_PATH = 1000;

    private static final int HASH_DIGITS = 12;
    private static final Pattern HARMFUL = Pattern.compile("[^\\p{L}\\p{M}\\p{N} ._()+=@,~-]");
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\\..*)?");

    private FileName() {}

    /**
     * A relative path with {@code /} between the names.
     *
     * @param extension that the path is to end with, without the dot
     * @param charset that file names can be written in here
     */
    static String of(String imageId, String extension, Charset charset) {
        List<String> names = new ArrayList<>();
        for (String name : imageId.split("/", -1)) {
            names.add(safe(name, charset));
        }
        String path = String.join("/", names);
        boolean harmless = path.equals(imageId)
                && names.stream().noneMatch(String::isEmpty)
                && !GalleryPage.FILE.equalsIgnoreCase(names.get(0))
                && path.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
        return harmless ? withExtension(path, extension) : distinct(imageId, extension, charset);
    }

    /** A name that no other id has, of letters that every file system takes. */
    static String distinct(String imageId, String extension, Charset charset) {
        String last = safe(imageId.substring(imageId.lastIndexOf('/') + 1), charset);
        String hash = DigestUtils.sha256Hex(imageId).substring(0, HASH_DIGITS);
        return withExtension(last.isEmpty() ? hash : last + "-" + hash, extension);
    }

    private static String safe(String name, Charset charset) {
        StringBuilder safe = new StringBuilder();
        int bytes = 0;
        for (int letter : HARMFUL.matcher(name).replaceAll("_").codePoints().toArray()) {
            String text = Character.toString(letter);
            String written = charset.newEncoder().canEncode(text) ? text : "_";
            bytes += written.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST_NAME) {
                break;
            }
            safe.append(written);
        }
        String kept = safe.toString().strip().replaceAll("^[. ]+|[. ]+$", "");
        return DEVICE.matcher(kept).matches() ? "_" + kept : kept;
    }

    private static String withExtension(String path, String extension) {
        String lower = path.toLowerCase(Locale.ROOT);
        boolean fits = lower.endsWith("." + extension) || (extension.equals("jpg") && lower.endsWith(".jpeg"));
        return fits ? path : path + "." + extension;
    }
}
