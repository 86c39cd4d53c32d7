package dev.cyclestream.image.decoding;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * The place of an animation's first frame on its canvas, which may be larger.
 *
 * @param width of the canvas in pixels
 * @param height of the canvas in pixels
 * @param left of the frame
 * @param top of the frame
 */
public record FrameCanvas(int width, int height, int left, int top) {

    /** The frame on its canvas, which is transparent elsewhere. */
    public BufferedImage draw(BufferedImage frame) {
        if (frame.getWidth() == width && frame.getHeight() == height) {
            return frame;
        }
        BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = canvas.createGraphics();
        graphics.drawImage(frame, left, top, null);
        graphics.dispose();
        return canvas;
    }
}
