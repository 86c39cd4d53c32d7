package dev.cyclestream.image.format;

import dev.cyclestream.image.ImageLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Images from the test jars of the ImageIO plug-ins, each jar found by a class in it, and copies of them with damage. */
final class OddImages {

    private static final Pattern IMAGE =
            Pattern.compile(".*\\.(jpe?g|tiff?|webp|png|gif|bmp)", Pattern.CASE_INSENSITIVE);
    private static final int BROKEN_COPIES = 6;
    private static final int LARGEST_TO_BREAK = 200_000;

    private OddImages() {}

    static List<String> homes() {
        return List.of("jpeg/JPEGImageReaderTest", "tiff/TIFFImageReaderTest", "webp/WebPImageReaderTest");
    }

    static ImageDecoder decoder() {
        return new ImageDecoder(new ImageLimits(16 << 20, 25_000_000, Duration.ofSeconds(10)));
    }

    static List<byte[]> whole(String home) throws IOException {
        URL test = OddImages.class.getResource("/com/twelvemonkeys/imageio/plugins/" + home + ".class");
        JarURLConnection jar = (JarURLConnection) test.openConnection();
        jar.setUseCaches(false);
        List<byte[]> images = new ArrayList<>();
        try (JarFile file = jar.getJarFile()) {
            for (JarEntry entry : file.stream().toList()) {
                if (IMAGE.matcher(entry.getName()).matches()) {
                    try (InputStream content = file.getInputStream(entry)) {
                        images.add(content.readAllBytes());
                    }
                }
            }
        }
        if (images.isEmpty()) {
            throw new IllegalStateException(home + ": expected images beside it, found none");
        }
        return images;
    }

    /** The same copies at every call. */
    static List<byte[]> broken(String home) throws IOException {
        Random random = new Random(1);
        List<byte[]> copies = new ArrayList<>();
        for (byte[] image : whole(home)) {
            for (int copy = 0; copy < BROKEN_COPIES && image.length <= LARGEST_TO_BREAK; copy++) {
                copies.add(broken(image, random));
            }
        }
        return copies;
    }

    private static byte[] broken(byte[] image, Random random) {
        byte[] copy = random.nextInt(3) == 0 ? Arrays.copyOf(image, random.nextInt(image.length)) : image.clone();
        for (int hits = random.nextInt(20); hits > 0 && copy.length > 12; hits--) {
            copy[12 + random.nextInt(copy.length - 12)] = (byte) random.nextInt();
        }
        return copy;
    }
}
