package dev.cyclestream.image.gif;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.decoding.Decoding;
import dev.cyclestream.image.decoding.FormatDecoder;
import dev.cyclestream.image.decoding.FrameCanvas;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.picture.PictureSize;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The decoder of GIF files, of which it reads the first frame on its canvas. ImageIO keeps all that is written beside it, and refuses codes of more than
 * eight bits.
 */
public record GifDecoder() implements FormatDecoder {

    private static final int SIGNATURE = 6;
    private static final int HEADER = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int FRAME = 0x2C;
    private static final int FRAME_HEADER = 9;
    private static final int HAS_PALETTE = 0x80;
    private static final int INTERLACED = 0x40;
    private static final int COLORS = 256;

    /** Of memory: its place in the palette, twice if rows are interlaced, and its colour where the canvas is larger. */
    private static final int BYTES_OF_A_PIXEL = 6;

    /** First row and distance of rows, of each pass. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        require(file, HEADER, "header");
        int screenWidth = Short.toUnsignedInt(file.getShort(SIGNATURE));
        int screenHeight = Short.toUnsignedInt(file.getShort(SIGNATURE + 2));
        int flags = file.get(SIGNATURE + 4);
        file.position(HEADER);
        Optional<byte[]> palette = palette(file, flags);
        int transparent = skipToFrame(file);
        require(file, FRAME_HEADER, "frame");
        int left = Short.toUnsignedInt(file.getShort());
        int top = Short.toUnsignedInt(file.getShort());
        int width = Short.toUnsignedInt(file.getShort());
        int height = Short.toUnsignedInt(file.getShort());
        FrameCanvas canvas =
                new FrameCanvas(Math.max(screenWidth, left + width), Math.max(screenHeight, top + height), left, top);
        int frameFlags = file.get();
        byte[] colors = palette(file, frameFlags).or(() -> palette).orElseGet(GifDecoder::greys);
        return decoding.whole(
                ImageFormat.GIF, new PictureSize(canvas.width(), canvas.height()), BYTES_OF_A_PIXEL, () -> {
                    byte[] indices = GifCodes.read(file, width * height);
                    byte[] rows = (frameFlags & INTERLACED) == 0 ? indices : inOrder(indices, width, height);
                    return canvas.draw(image(rows, width, height, colors, transparent));
                });
    }

    private static void require(ByteBuffer file, int bytes, String part) {
        if (file.remaining() < bytes) {
            throw ImageRejectedException.damaged(
                    "GIF %s: expected %d bytes, found %d".formatted(part, bytes, file.remaining()), null);
        }
    }

    private static Optional<byte[]> palette(ByteBuffer file, int flags) {
        if ((flags & HAS_PALETTE) == 0) {
            return Optional.empty();
        }
        int length = Picture.CHANNELS * (2 << (flags & 7));
        require(file, length, "palette");
        byte[] colors = new byte[Picture.CHANNELS * COLORS];
        file.get(colors, 0, length);
        return Optional.of(colors);
    }

    private static byte[] greys() {
        byte[] colors = new byte[Picture.CHANNELS * COLORS];
        for (int i = 0; i < colors.length; i++) {
            colors[i] = (byte) (i / Picture.CHANNELS);
        }
        return colors;
    }

    /** Up to behind the mark of the first frame. Returns which index is transparent in it; -1 for none. */
    private static int skipToFrame(ByteBuffer file) {
        int transparent = -1;
        while (file.remaining() > 1) {
            int block = Byte.toUnsignedInt(file.get());
            if (block == FRAME) {
                return transparent;
            }
            if (block == EXTENSION) {
                boolean isControl = Byte.toUnsignedInt(file.get()) == GRAPHIC_CONTROL;
                if (isControl && file.remaining() > 4) {
                    boolean some = (file.get(file.position() + 1) & 1) != 0;
                    transparent = some ? Byte.toUnsignedInt(file.get(file.position() + 4)) : -1;
                }
                GifCodes.skip(file);
            } else if (block != 0) {
                break;
            }
        }
        throw ImageRejectedException.damaged("GIF: expected a frame, found none", null);
    }

    private static byte[] inOrder(byte[] interlaced, int width, int height) {
        byte[] rows = new byte[interlaced.length];
        int from = 0;
        for (int[] pass : PASSES) {
            for (int y = pass[0]; y < height; y += pass[1]) {
                System.arraycopy(interlaced, from, rows, y * width, width);
                from += width;
            }
        }
        return rows;
    }

    private static BufferedImage image(byte[] indices, int width, int height, byte[] colors, int transparent) {
        IndexColorModel model = new IndexColorModel(Byte.SIZE, COLORS, colors, 0, false, transparent);
        return new BufferedImage(
                model,
                Raster.createInterleavedRaster(
                        new DataBufferByte(indices, indices.length), width, height, width, 1, new int[1], null),
                false,
                null);
    }
}
