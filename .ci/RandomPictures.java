import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Writes pictures for CI. {@code data DIR} makes a small unpaired data set; {@code stream DIR} makes 100 good images, half of
 * them JPEG, and 4 bad ones: 3 texts and a truncated JPEG.
 */
final class RandomPictures {

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path folder = Path.of(arguments[1]);
        Random random = new Random(1);
        if (arguments[0].equals("data")) {
            for (String domain : new String[] {"trainA", "trainB", "testA", "testB"}) {
                for (int index = 0; index < 8; index++) {
                    write(folder.resolve(domain + "/" + index + ".png"), encode(draw(80, 80, random), "png"));
                }
            }
            return;
        }
        for (int index = 0; index < 100; index++) {
            String format = index % 2 == 0 ? "png" : "jpg";
            String name = "folder %d/image-%03d.%s".formatted(index % 3, index, format);
            write(folder.resolve(name), encode(draw(240 + index % 5, 240 + index % 7, random), format));
        }
        for (int index = 0; index < 3; index++) {
            write(folder.resolve("text-" + index + ".png"), "this is no image".getBytes());
        }
        byte[] jpeg = encode(draw(64, 64, random), "jpg");
        write(folder.resolve("truncated.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
    }

    private static BufferedImage draw(int width, int height, Random random) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        for (int shape = 0; shape < 6; shape++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            int size = 10 + random.nextInt(30);
            graphics.fillOval(random.nextInt(width - 10), random.nextInt(height - 10), size, size);
        }
        graphics.dispose();
        return image;
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
