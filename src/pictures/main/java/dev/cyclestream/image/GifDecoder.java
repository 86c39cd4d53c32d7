package dev.cyclestream.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads GIF files: the first frame on its canvas. */
record GifDecoder() implements FormatDecoder {

    private static final int SIZE_OFFSET = 6;

    /** Of memory: its place in the palette, and its colour where the canvas is larger. */
    private static final int BYTES_OF_A_PIXEL = 5;

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        try (OpenImage image = OpenImage.of(ImageFormat.GIF, GifFirstFrame.of(encoded), decoding)) {
            FrameCanvas canvas = canvas(encoded, image.reader());
            ImageSize size = new ImageSize(canvas.width(), canvas.height());
            return decoding.whole(ImageFormat.GIF, size, BYTES_OF_A_PIXEL, () -> canvas.draw(image.read()));
        }
    }

    private static FrameCanvas canvas(byte[] encoded, ImageReader reader) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        IIOMetadata metadata = reader.getImageMetadata(0);
        Node child = metadata.getAsTree(metadata.getNativeMetadataFormatName()).getFirstChild();
        while (child != null && !child.getNodeName().equals("ImageDescriptor")) {
            child = child.getNextSibling();
        }
        Element frame = (Element) child;
        int left = number(frame, "imageLeftPosition");
        int top = number(frame, "imageTopPosition");
        return new FrameCanvas(
                Math.max(Short.toUnsignedInt(file.getShort(SIZE_OFFSET)), left + number(frame, "imageWidth")),
                Math.max(Short.toUnsignedInt(file.getShort(SIZE_OFFSET + 2)), top + number(frame, "imageHeight")),
                left,
                top);
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }
}
