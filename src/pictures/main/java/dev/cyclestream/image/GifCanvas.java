package dev.cyclestream.image;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Where the first frame of a GIF stands on its canvas, which may be larger.
 *
 * @param width of the canvas in pixels
 * @param height of the canvas in pixels
 * @param left of the frame
 * @param top of the frame
 */
record GifCanvas(int width, int height, int left, int top) {

    private static final int SIZE_OFFSET = 6;

    static GifCanvas of(byte[] encoded, ImageReader reader) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        IIOMetadata metadata = reader.getImageMetadata(0);
        Node child = metadata.getAsTree(metadata.getNativeMetadataFormatName()).getFirstChild();
        while (child != null && !child.getNodeName().equals("ImageDescriptor")) {
            child = child.getNextSibling();
        }
        Element frame = (Element) child;
        int left = number(frame, "imageLeftPosition");
        int top = number(frame, "imageTopPosition");
        return new GifCanvas(
                Math.max(Short.toUnsignedInt(file.getShort(SIZE_OFFSET)), left + number(frame, "imageWidth")),
                Math.max(Short.toUnsignedInt(file.getShort(SIZE_OFFSET + 2)), top + number(frame, "imageHeight")),
                left,
                top);
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    /** The frame on its canvas, which is transparent elsewhere. */
    BufferedImage draw(BufferedImage frame) {
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
