package dev.cyclestream.image.decoding;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.tiff.DirectoryTiffHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A picture's orientation from EXIF, and nothing else: strangers put much beside it. */
public final class Exif {

    /** As much as a JPEG can hold; others may have more, but not before the tags of the picture. */
    private static final int MOST_BYTES = 1 << 16;

    /** Some writers put it before EXIF in WebP and PNG, where it does not belong. */
    private static final byte[] JPEG_PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private Exif() {}

    /** Upright if there is none; EXIF that is broken is as good as none. */
    public static Orientation orientation(Optional<ByteBuffer> exif) {
        return exif.map(Exif::orientation).orElse(Orientation.UPRIGHT);
    }

    private static Orientation orientation(ByteBuffer exif) {
        byte[] bytes = new byte[Math.min(exif.remaining(), MOST_BYTES)];
        exif.slice().get(bytes);
        int begin =
                Arrays.equals(bytes, 0, Math.min(bytes.length, JPEG_PREFIX.length), JPEG_PREFIX, 0, JPEG_PREFIX.length)
                        ? JPEG_PREFIX.length
                        : 0;
        Metadata found = new Metadata();
        try {
            new TiffReader().processTiff(new ByteArrayReader(bytes, begin), new OrientationOnly(found), 0);
        } catch (TiffProcessingException | IOException e) {
            return Orientation.UPRIGHT;
        }
        Integer code =
                found.getFirstDirectoryOfType(ExifIFD0Directory.class).getInteger(ExifDirectoryBase.TAG_ORIENTATION);
        return code == null ? Orientation.UPRIGHT : Orientation.of(code);
    }

    /** Follows no directory into another, and reads no other tag. */
    private static final class OrientationOnly extends DirectoryTiffHandler {

        OrientationOnly(Metadata found) {
            super(found, null);
            pushDirectory(ExifIFD0Directory.class);
        }

        @Override
        public void setTiffMarker(int marker) {}

        @Override
        public boolean tryEnterSubIfd(int tag) {
            return false;
        }

        @Override
        public boolean hasFollowerIfd() {
            return false;
        }

        @Override
        public Long tryCustomProcessFormat(int tag, int format, long components) {
            return null;
        }

        @Override
        public boolean customProcessTag(
                int offset, Set<Integer> processed, int headerOffset, RandomAccessReader reader, int tag, int bytes) {
            return tag != ExifDirectoryBase.TAG_ORIENTATION;
        }
    }
}
