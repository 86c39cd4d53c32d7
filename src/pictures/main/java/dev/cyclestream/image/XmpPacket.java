package dev.cyclestream.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Puts an XMP packet where readers of PNG and JPEG look for it. */
final class XmpPacket {

    private static final byte[] PNG_KEYWORD = "iTXtXML:com.adobe.xmp\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] JPEG_IDENTIFIER =
            "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int TYPE_BYTES = 4;

    /** Signature and header chunk: what others may follow. */
    private static final int PNG_BEGINNING = 33;

    /** Start of image and the JFIF segment that the JDK writes. */
    private static final int JPEG_BEGINNING = 20;

    private XmpPacket() {}

    /** @param file a PNG or JPEG as {@link ImageEncoder} writes it */
    static byte[] insert(byte[] packet, ImageFormat format, byte[] file) {
        return format == ImageFormat.PNG
                ? insert(pngChunk(packet), PNG_BEGINNING, file)
                : insert(jpegSegment(packet), JPEG_BEGINNING, file);
    }

    private static byte[] insert(byte[] part, int position, byte[] file) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(file.length + part.length);
        whole.write(file, 0, position);
        whole.writeBytes(part);
        whole.write(file, position, file.length - position);
        return whole.toByteArray();
    }

    private static byte[] pngChunk(byte[] packet) {
        ByteBuffer typeAndData = ByteBuffer.allocate(PNG_KEYWORD.length + packet.length)
                .put(PNG_KEYWORD)
                .put(packet);
        CRC32 checksum = new CRC32();
        checksum.update(typeAndData.flip());
        typeAndData.rewind();
        byte[] chunk = new byte[2 * Integer.BYTES + typeAndData.remaining()];
        ByteBuffer.wrap(chunk)
                .putInt(typeAndData.remaining() - TYPE_BYTES)
                .put(typeAndData)
                .putInt((int) checksum.getValue());
        return chunk;
    }

    private static byte[] jpegSegment(byte[] packet) {
        byte[] segment = new byte[2 * Short.BYTES + JPEG_IDENTIFIER.length + packet.length];
        ByteBuffer.wrap(segment)
                .putShort((short) 0xFFE1)
                .putShort((short) (segment.length - Short.BYTES))
                .put(JPEG_IDENTIFIER)
                .put(packet);
        return segment;
    }
}
