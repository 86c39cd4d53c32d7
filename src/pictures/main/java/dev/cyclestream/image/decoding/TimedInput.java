package dev.cyclestream.image.decoding;

import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/** A file in memory that cannot be read any more when the time is over: some readers look at nothing else for long. */
final class TimedInput extends ImageInputStreamImpl {

    private final ByteBuffer file;
    private final DecodingTime time;

    TimedInput(byte[] file, DecodingTime time) {
        this.file = ByteBuffer.wrap(file);
        this.time = time;
    }

    @Override
    public int read() {
        time.checkClock();
        bitOffset = 0;
        return streamPos < file.limit() ? Byte.toUnsignedInt(file.get((int) streamPos++)) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        time.checkClock();
        bitOffset = 0;
        int count = (int) Math.min(length, file.limit() - streamPos);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        file.get((int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return file.limit();
    }

    @Override
    public boolean isCached() {
        return true;
    }

    @Override
    public boolean isCachedMemory() {
        return true;
    }
}
