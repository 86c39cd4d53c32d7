package dev.cyclestream.image.tiff;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.jpeg.JpegFile;
import dev.cyclestream.picture.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.util.Arrays;

/** JPEG inside TIFF, new and old: the library reads it, from a copy of the file that has nothing else in it. */
final class TiffJpeg {

    private static final int OLD = 6;
    private static final int NEW = 7;
    private static final int OLD_STREAM = 513;
    private static final int MOST_PIXELS_BESIDE = 1 << 20;
    private static final int BRIGHTEST = 255;

    private TiffJpeg() {}

    static boolean isIn(TiffDirectory directory) {
        long compression = directory.number(TiffTag.COMPRESSION, TiffKinds.NONE);
        return compression == OLD || compression == NEW;
    }

    /**
     * A file of this image alone.
     *
     * @throws ImageRejectedException if a strip is cut off, or a JPEG costs much more than the image
     */
    static byte[] alone(TiffDirectory directory) {
        TiffLayout layout = TiffLayout.of(directory);
        byte[] encoded = directory.file().array();
        for (int tile = 0; tile < layout.offsets().length; tile++) {
            long from = layout.offsets()[tile];
            long length = layout.lengths()[tile] == Long.MAX_VALUE ? 0 : layout.lengths()[tile];
            if (from < 0 || from > encoded.length || length > encoded.length - from) {
                throw TiffDirectory.damaged("strip or tile %d is cut off".formatted(tile + 1));
            }
            int end = length == 0 ? encoded.length : (int) (from + length);
            requireModest(Arrays.copyOfRange(encoded, (int) from, end), layout);
        }
        long stream = directory.number(OLD_STREAM, 0);
        if (stream > 0 && stream < encoded.length) {
            requireModest(Arrays.copyOfRange(encoded, (int) stream, encoded.length), layout);
        }
        return directory.fileWithOnly(TiffTag.OF_JPEG);
    }

    /** The size that a JPEG claims costs memory, whatever part of it is looked at. */
    private static void requireModest(byte[] jpeg, TiffLayout layout) {
        JpegFile.firstFrame(jpeg).ifPresent(frame -> {
            if ((long) frame.width() * frame.height() > 2L * layout.width() * layout.height() + MOST_PIXELS_BESIDE) {
                throw TiffDirectory.damaged("expected a JPEG of %d x %d pixels inside, found %d x %d"
                        .formatted(layout.width(), layout.height(), frame.width(), frame.height()));
            }
        });
    }

    /** Applies the range of an old JPEG's luma and colour differences, which its reader leaves out, as libtiff does in a new one. */
    static BufferedImage ranged(BufferedImage image, TiffDirectory directory) {
        boolean isOldYCbCr = directory.number(TiffTag.COMPRESSION, TiffKinds.NONE) == OLD
                && directory.number(TiffTag.PHOTOMETRIC, 0) == TiffLayout.YCBCR;
        if (!isOldYCbCr || directory.fractions(TiffTag.BLACK_WHITE).isEmpty()) {
            return image;
        }
        YCbCr meant = YCbCr.of(directory, BRIGHTEST);
        int[] pixel = new int[Picture.CHANNELS];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                YCbCr.ofFullRange(image.getRGB(x, y), pixel);
                meant.toRgb(pixel, 0, pixel);
                image.setRGB(x, y, 0xFF << 24 | pixel[0] << 16 | pixel[1] << 8 | pixel[2]);
            }
        }
        return image;
    }

    /** The library leaves samples of 9 to 15 bits as they are in 16. */
    static BufferedImage brightened(BufferedImage image, TiffDirectory directory) {
        long bits = directory.number(TiffTag.BITS, Byte.SIZE);
        if (bits > Byte.SIZE
                && bits < Short.SIZE
                && image.getRaster().getDataBuffer() instanceof DataBufferUShort buffer) {
            short[] samples = buffer.getData();
            int brightest = (1 << bits) - 1;
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (short) ((samples[i] & brightest) * 0xFFFF / brightest);
            }
        }
        return image;
    }
}
