package dev.cyclestream.trainer.report;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of events as TensorBoard reads it: TFRecords that hold {@code tensorflow.Event} messages, of which a few fields are
 * written, by hand, instead of taking TensorFlow's classes in. Each session of a run writes a file of its own; the first
 * event of one tells TensorBoard to forget what earlier files say of the steps that are taken again.
 */
public final class TensorBoardFile implements Closeable {

    // Field numbers of tensorflow/core/util/event.proto and framework/summary.proto.
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_NUMBER = 2;
    private static final int VALUE_IMAGE = 4;
    private static final int IMAGE_HEIGHT = 1;
    private static final int IMAGE_WIDTH = 2;
    private static final int IMAGE_COLORSPACE = 3;
    private static final int IMAGE_ENCODED = 4;
    private static final int RGB = 3;

    /** The place of the width in a PNG file, with the height behind it. */
    private static final int PNG_WIDTH = 16;

    private static final int CRC_MASK_DELTA = 0xa282ead8;

    private final OutputStream output;

    /**
     * Begins a file in the folder.
     *
     * @param firstStep first step that will be told of
     */
    public TensorBoardFile(Path folder, long firstStep) throws IOException {
        Files.createDirectories(folder);
        long now = System.currentTimeMillis();
        String name = "events.out.tfevents.%d.%s.%d".formatted(now / 1000, hostName(), now % 1000);
        output = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)));
        write(message(event -> {
            event.writeDouble(EVENT_WALL_TIME, seconds());
            event.writeString(EVENT_FILE_VERSION, "brain.Event:2");
        }));
        write(message(event -> {
            event.writeDouble(EVENT_WALL_TIME, seconds());
            event.writeInt64(EVENT_STEP, firstStep);
            event.writeBytes(EVENT_SESSION_LOG, message(session -> session.writeEnum(SESSION_STATUS, SESSION_START)));
        }));
    }

    /** A container without a network has a name, and nobody who resolves it. */
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Tells numbers of a step, by their names. */
    public void writeNumbers(long step, Map<String, Double> numbers) throws IOException {
        writeSummary(step, message(summary -> {
            for (Map.Entry<String, Double> number : numbers.entrySet()) {
                summary.writeBytes(SUMMARY_VALUE, message(value -> {
                    value.writeString(VALUE_TAG, number.getKey());
                    value.writeFloat(VALUE_NUMBER, number.getValue().floatValue());
                }));
            }
        }));
    }

    /** Shows a picture of a step, a PNG file. */
    public void writePicture(long step, String name, Path file) throws IOException {
        byte[] png = Files.readAllBytes(file);
        int width = ByteBuffer.wrap(png).getInt(PNG_WIDTH);
        int height = ByteBuffer.wrap(png).getInt(PNG_WIDTH + Integer.BYTES);
        ByteString image = message(fields -> {
            fields.writeInt32(IMAGE_HEIGHT, height);
            fields.writeInt32(IMAGE_WIDTH, width);
            fields.writeInt32(IMAGE_COLORSPACE, RGB);
            fields.writeByteArray(IMAGE_ENCODED, png);
        });
        writeSummary(
                step,
                message(summary -> summary.writeBytes(SUMMARY_VALUE, message(value -> {
                    value.writeString(VALUE_TAG, name);
                    value.writeBytes(VALUE_IMAGE, image);
                }))));
    }

    private void writeSummary(long step, ByteString summary) throws IOException {
        write(message(event -> {
            event.writeDouble(EVENT_WALL_TIME, seconds());
            event.writeInt64(EVENT_STEP, step);
            event.writeBytes(EVENT_SUMMARY, summary);
        }));
    }

    /** A TFRecord: length, its checksum, the bytes, theirs. */
    private void write(ByteString event) throws IOException {
        byte[] length = new byte[Long.BYTES];
        ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(event.size());
        output.write(length);
        output.write(checksum(length));
        output.write(event.toByteArray());
        output.write(checksum(event.toByteArray()));
    }

    private static byte[] checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = (int) crc.getValue();
        int masked = ((value >>> 15) | (value << 17)) + CRC_MASK_DELTA;
        byte[] result = new byte[Integer.BYTES];
        ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putInt(masked);
        return result;
    }

    private static double seconds() {
        return System.currentTimeMillis() / 1000.0;
    }

    /** A writer of the fields of a message. */
    private interface Fields {
        void write(CodedOutputStream message) throws IOException;
    }

    private static ByteString message(Fields fields) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream message = CodedOutputStream.newInstance(bytes);
            fields.write(message);
            message.flush();
            return ByteString.copyFrom(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes what was told visible to readers. */
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
