package dev.cyclestream.image.decoding;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.picture.AlphaPlane;
import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;

/** The turn and mirroring by which a stored picture stands upright.
 *
 * @param code 1 (stored upright) to 8
 */
public record Orientation(int code) {

    /** As it is stored. */
    public static final Orientation UPRIGHT = new Orientation(1);

    /**
     * The orientation of a code.
     *
     * @param code as a file says it; nonsense means upright
     */
    public static Orientation of(long code) {
        return code >= 1 && code <= 8 ? new Orientation((int) code) : UPRIGHT;
    }

    /** The image as people are meant to see it. */
    public DecodedImage upright(DecodedImage stored) {
        if (code == 1) {
            return stored;
        }
        Picture color = stored.color();
        int width = swapsSides() ? color.height() : color.width();
        int height = swapsSides() ? color.width() : color.height();
        ByteBuffer from = color.samples();
        byte[] samples = new byte[width * height * Picture.CHANNELS];
        byte[] alpha = new byte[stored.alpha().isPresent() ? width * height : 0];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int source = source(x, y, color.width(), color.height());
                int target = y * width + x;
                from.get(source * Picture.CHANNELS, samples, target * Picture.CHANNELS, Picture.CHANNELS);
                if (stored.alpha().isPresent()) {
                    alpha[target] = (byte) stored.alpha().get().at(source);
                }
            }
        }
        return new DecodedImage(
                stored.format(),
                new Picture(width, height, samples),
                stored.alpha().map(plane -> new AlphaPlane(width, height, alpha)));
    }

    private boolean swapsSides() {
        return code >= 5;
    }

    /** The stored pixel that is seen at a place. */
    private int source(int x, int y, int storedWidth, int storedHeight) {
        int right = storedWidth - 1;
        int bottom = storedHeight - 1;
        return switch (code) {
            case 2 -> y * storedWidth + right - x;
            case 3 -> (bottom - y) * storedWidth + right - x;
            case 4 -> (bottom - y) * storedWidth + x;
            case 5 -> x * storedWidth + y;
            case 6 -> (bottom - x) * storedWidth + y;
            case 7 -> (bottom - x) * storedWidth + right - y;
            case 8 -> x * storedWidth + right - y;
            default -> y * storedWidth + x;
        };
    }
}
