package dev.cyclestream.image.tiff;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.image.color.ColorProfile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tags of one directory of a TIFF or BigTIFF. Nothing is followed or allocated that the file does not hold: directories of
 * strangers nest, run in circles, and count what is not there.
 */
final class TiffDirectory {

    private static final int BIG = 43;
    private static final int MOST_SUBDIRECTORIES = 16;
    private static final int MOST_VALUES = 1 << 20;
    private static final int RATIONAL = 5;

    /** Bytes of a value by its type. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private final ByteBuffer file;
    private final boolean big;
    private final Map<Integer, Field> fields = new HashMap<>();

    /** Tags whose values are not in the file. */
    private final Set<Integer> cutOff = new HashSet<>();

    /**
     * @param entry where the whole entry stands
     * @param offset where the values stand
     */
    private record Field(int type, long count, int entry, long offset) {}

    private TiffDirectory(ByteBuffer file, boolean big, long offset) {
        this.file = file;
        this.big = big;
        if (offset < 8 || offset > file.limit() - (big ? 8 : 2)) {
            throw damaged("directory: expected within %d bytes, found at %s"
                    .formatted(file.limit(), Long.toUnsignedString(offset)));
        }
        int first = (int) offset;
        long entries = big ? file.getLong(first) : Short.toUnsignedLong(file.getShort(first));
        int entry = first + (big ? 8 : 2);
        long room = ((long) file.limit() - entry) / entryBytes();
        if (entries < 1 || entries > room) {
            throw damaged(
                    "directory: expected 1 to %d entries, found %s".formatted(room, Long.toUnsignedString(entries)));
        }
        for (int i = 0; i < entries; i++, entry += entryBytes()) {
            addField(entry);
        }
    }

    /** The first directory. */
    static TiffDirectory first(byte[] encoded) {
        ByteBuffer file = ByteBuffer.wrap(encoded);
        file.order(encoded[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (encoded.length < 16) {
            throw damaged("expected a header and a directory, found %d bytes".formatted(encoded.length));
        }
        boolean big = file.getShort(2) == BIG;
        return new TiffDirectory(file, big, big ? file.getLong(8) : Integer.toUnsignedLong(file.getInt(4)));
    }

    private int entryBytes() {
        return big ? 20 : 12;
    }

    private void addField(int entry) {
        int type = Short.toUnsignedInt(file.getShort(entry + 2));
        long count = big ? file.getLong(entry + 4) : Integer.toUnsignedLong(file.getInt(entry + 4));
        int value = entry + (big ? 12 : 8);
        int size = type < SIZES.length ? SIZES[type] : 0;
        if (size == 0 || count < 1) {
            return; // of no use to anyone
        }
        boolean isHuge = count > file.limit() / size;
        boolean inside = !isHuge && count * size <= (big ? 8 : 4);
        long offset = inside ? value : big ? file.getLong(value) : Integer.toUnsignedLong(file.getInt(value));
        int tag = Short.toUnsignedInt(file.getShort(entry));
        if (!isHuge && offset > 0 && offset <= file.limit() - count * size) {
            fields.putIfAbsent(tag, new Field(type, count, entry, offset));
        } else if (!fields.containsKey(tag)) { // the first one counts
            cutOff.add(tag);
        }
    }

    /** Directories below this one, without those that are damaged; theirs are not looked at. */
    List<TiffDirectory> below(int tag) {
        if (cutOff.contains(tag)) {
            return List.of();
        }
        return Arrays.stream(numbers(tag).orElse(new long[0]))
                .limit(MOST_SUBDIRECTORIES)
                .boxed()
                .flatMap(offset -> at(offset).stream())
                .toList();
    }

    private Optional<TiffDirectory> at(long offset) {
        try {
            return Optional.of(new TiffDirectory(file, big, offset));
        } catch (ImageRejectedException e) {
            return Optional.empty();
        }
    }

    /** @throws ImageRejectedException if its values are not in the file */
    private Optional<Field> field(int tag) {
        if (cutOff.contains(tag)) {
            throw damaged("tag %d: expected values within %d bytes, found none".formatted(tag, file.limit()));
        }
        return Optional.ofNullable(fields.get(tag));
    }

    boolean has(int tag) {
        return fields.containsKey(tag);
    }

    /** Whole numbers without sign; empty if they are of another type or not all there. */
    Optional<long[]> numbers(int tag) {
        return field(tag).map(field -> {
            long[] numbers = new long[(int) Math.min(field.count(), MOST_VALUES)];
            int size = SIZES[field.type()];
            for (int i = 0; i < numbers.length; i++) {
                int at = (int) field.offset() + i * size;
                numbers[i] = switch (size) {
                    case 1 -> Byte.toUnsignedLong(file.get(at));
                    case 2 -> Short.toUnsignedLong(file.getShort(at));
                    case 4 -> Integer.toUnsignedLong(file.getInt(at));
                    default -> file.getLong(at);
                };
            }
            return numbers;
        });
    }

    /** The first number of a tag. */
    long number(int tag, long otherwise) {
        return numbers(tag).map(numbers -> numbers[0]).orElse(otherwise);
    }

    /** The first number of a tag that cannot be done without. */
    int number(int tag, String name) {
        long number = number(tag, -1);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw damaged("%s: expected 1 or more, found %s".formatted(name, number < 0 ? "none" : number));
        }
        return (int) number;
    }

    /** Numbers that are fractions, or that some write as whole numbers where fractions are due. */
    Optional<double[]> fractions(int tag) {
        return field(tag).map(field -> {
            if (field.type() != RATIONAL) {
                return Arrays.stream(numbers(tag).orElseThrow())
                        .asDoubleStream()
                        .toArray();
            }
            double[] fractions = new double[(int) field.count()];
            for (int i = 0; i < fractions.length; i++) {
                int at = (int) field.offset() + i * 8;
                fractions[i] =
                        Integer.toUnsignedLong(file.getInt(at)) / (double) Integer.toUnsignedLong(file.getInt(at + 4));
            }
            return fractions;
        });
    }

    Optional<byte[]> bytes(int tag) {
        return field(tag).map(field -> {
            byte[] bytes = new byte[(int) field.count() * SIZES[field.type()]];
            file.get((int) field.offset(), bytes);
            return bytes;
        });
    }

    Optional<ColorProfile> profile() {
        return bytes(TiffTag.PROFILE).map(ByteBuffer::wrap).flatMap(ColorProfile::of);
    }

    ByteBuffer file() {
        return file;
    }

    /** The same file with one directory that has some of the tags of this one, and leads nowhere. */
    byte[] fileWithOnly(int... tags) {
        int[] kept = Arrays.stream(tags).filter(this::has).sorted().toArray();
        int start = file.limit() + file.limit() % 2;
        int length = (big ? 16 : 6) + kept.length * entryBytes();
        ByteBuffer copy = ByteBuffer.allocate(start + length).order(file.order());
        copy.put(0, file, 0, file.limit());
        copy.position(start);
        if (big) {
            copy.putLong(8, start).putLong(kept.length);
        } else {
            copy.putInt(4, start).putShort((short) kept.length);
        }
        for (int tag : kept) {
            copy.put(copy.position(), file, fields.get(tag).entry(), entryBytes());
            copy.position(copy.position() + entryBytes());
        }
        return copy.array();
    }

    static ImageRejectedException damaged(String what) {
        return new ImageRejectedException(Reason.DAMAGED_IMAGE, "the image is damaged: TIFF, " + what);
    }
}
