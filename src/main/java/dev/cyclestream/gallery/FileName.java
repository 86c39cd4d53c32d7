package dev.cyclestream.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Turns the id of an image, which a stranger may have chosen, into the path of a file that stays below a folder.
 *
 * <p>An id that is a harmless relative path is kept as it is, with an extension if it lacks one. Any other loses what is
 * not harmless and gets a hash of the id.
 */
final class FileName {

    private static final int LONGEST_NAME = 100;
    private static final int HASH_DIGITS = 12;

    private FileName() {}

    /**
     * A relative path with {@code /} between the names.
     *
     * @param extension that the path is to end with, without the dot; empty if any will do
     */
    static String of(String imageId, Optional<String> extension) {
        List<String> names = new ArrayList<>();
        for (String name : imageId.split("/", -1)) {
            String safe = safe(name);
            if (!safe.isEmpty()) {
                names.add(safe);
            }
        }
        String path = String.join("/", names);
        boolean harmless = !path.isEmpty() && path.equals(imageId);
        return harmless ? withExtension(path, extension) : distinct(imageId, extension);
    }

    /** A name that no other id has, of letters that every file system takes. */
    static String distinct(String imageId, Optional<String> extension) {
        String last = safe(imageId.substring(imageId.lastIndexOf('/') + 1));
        String hash = DigestUtils.sha256Hex(imageId).substring(0, HASH_DIGITS);
        return withExtension(last.isEmpty() ? hash : last + "-" + hash, extension);
    }

    private static String safe(String name) {
        String safe = name.replaceAll("[^\\p{L}\\p{N} ._()+=@,~-]", "_").strip();
        safe = safe.replaceAll("^\\.+", "").replaceAll("\\.+$", "");
        return safe.length() > LONGEST_NAME ? safe.substring(0, LONGEST_NAME) : safe;
    }

    private static String withExtension(String path, Optional<String> extension) {
        String lower = path.toLowerCase(Locale.ROOT);
        boolean fits = extension.isEmpty()
                || lower.endsWith("." + extension.get())
                || (extension.get().equals("jpg") && lower.endsWith(".jpeg"));
        return fits ? path : path + "." + extension.get();
    }
}
