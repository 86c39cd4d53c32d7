package dev.cyclestream.image.tiff;

import dev.cyclestream.image.color.SampleColors;
import java.awt.image.ColorModel;
import java.util.Arrays;
import java.util.OptionalInt;

/** The colours of a TIFF's samples: those that ImageIO knows are left as they are, others become RGB. */
final class TiffColors {

    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int YCBCR = 6;
    private static final int CIE_LAB = 8;
    private static final int ICC_LAB = 9;
    private static final int PREMULTIPLIED = 1;
    private static final int NOT_PREMULTIPLIED = 2;

    private final int kind;
    private final int bits;
    private final int brightest;
    private final OptionalInt alpha;
    private final boolean premultiplied;
    private final ColorModel model;
    private final long[] palette;
    private final YCbCr yCbCr;
    private final Lab lab;

    TiffColors(TiffDirectory directory, TiffLayout layout) {
        this.kind = (int) directory.number(TiffTag.PHOTOMETRIC, guess(directory, layout));
        int colors = colors(directory);
        if (layout.samples() < colors) {
            throw TiffDirectory.damaged("expected %d samples a pixel, found %d".formatted(colors, layout.samples()));
        }
        int most = Arrays.stream(layout.bits()).max().orElse(1);
        this.bits = most > Byte.SIZE ? Short.SIZE : Byte.SIZE;
        this.brightest = (1 << bits) - 1;
        this.palette = kind == PALETTE ? palette(directory) : new long[0];
        long[] extra = directory
                .numbers(TiffTag.EXTRA_SAMPLES)
                .orElse(layout.samples() > colors ? new long[] {NOT_PREMULTIPLIED} : new long[0]);
        this.alpha = alpha(extra, colors, layout.samples());
        this.premultiplied = alpha.isPresent() && extra[alpha.getAsInt() - colors] == PREMULTIPLIED;
        this.yCbCr = YCbCr.of(directory, brightest);
        this.lab = Lab.of(directory, brightest, kind == CIE_LAB);
        this.model = createModel();
    }

    private static int guess(TiffDirectory directory, TiffLayout layout) {
        if (directory.has(TiffTag.COLOR_MAP)) {
            return PALETTE;
        }
        long extra = directory
                .numbers(TiffTag.EXTRA_SAMPLES)
                .map(found -> (long) found.length)
                .orElse(0L);
        if (layout.samples() - extra >= 3) {
            return layout.samples() - extra == 3 ? RGB : CMYK;
        }
        return directory.number(TiffTag.COMPRESSION, 1) < 2 ? BLACK_IS_ZERO : WHITE_IS_ZERO;
    }

    private int colors(TiffDirectory directory) {
        return switch (kind) {
            case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
            case RGB, YCBCR, CIE_LAB, ICC_LAB -> 3;
            case CMYK -> {
                if (directory.number(TiffTag.INK_SET, 1) != 1) {
                    throw TiffKinds.unsupported("of inks other than CMYK");
                }
                yield 4;
            }
            default -> throw TiffKinds.unsupportedColors(kind);
        };
    }

    private static OptionalInt alpha(long[] extra, int colors, int samples) {
        for (int i = 0; i < extra.length && colors + i < samples; i++) {
            if (extra[i] == PREMULTIPLIED || extra[i] == NOT_PREMULTIPLIED) {
                return OptionalInt.of(colors + i);
            }
        }
        return OptionalInt.empty();
    }

    /** Some programs fill in bytes where two bytes are meant. */
    private static long[] palette(TiffDirectory directory) {
        long[] map = directory
                .numbers(TiffTag.COLOR_MAP)
                .filter(values -> values.length >= 3)
                .orElseThrow(() -> TiffDirectory.damaged("expected a palette, found none"));
        boolean bytes = Arrays.stream(map).allMatch(value -> value <= 0xFF);
        return bytes ? Arrays.stream(map).map(value -> value * 257).toArray() : map;
    }

    private ColorModel createModel() {
        SampleColors colors = switch (kind) {
            case WHITE_IS_ZERO, BLACK_IS_ZERO -> SampleColors.GREY;
            case CMYK -> SampleColors.CMYK;
            default -> SampleColors.RGB;
        };
        return colors.model(bits, alpha.isPresent(), premultiplied);
    }

    ColorModel model() {
        return model;
    }

    /** True if a profile may be about these colours; of L*a*b* everything is known. */
    boolean takeProfile() {
        return kind != CIE_LAB && kind != ICC_LAB;
    }

    boolean isPalette() {
        return kind == PALETTE;
    }

    int brightest() {
        return brightest;
    }

    /**
     * Converts a row.
     *
     * @param samples of the file
     * @param count of them a pixel
     * @param looks gets those of the model
     */
    void convert(int[] samples, int count, int[] looks) {
        int bands = model.getNumComponents();
        int colors = model.getNumColorComponents();
        int pixels = samples.length / count;
        int[] pixel = new int[3];
        for (int i = 0; i < pixels; i++) {
            int from = i * count;
            int to = i * bands;
            switch (kind) {
                case WHITE_IS_ZERO -> looks[to] = brightest - samples[from];
                case PALETTE, YCBCR, CIE_LAB, ICC_LAB -> {
                    toRgb(samples, from, pixel);
                    System.arraycopy(pixel, 0, looks, to, 3);
                }
                default -> System.arraycopy(samples, from, looks, to, colors);
            }
            if (alpha.isPresent()) {
                looks[to + colors] = samples[from + alpha.getAsInt()];
            }
        }
    }

    private void toRgb(int[] samples, int from, int[] rgb) {
        if (kind == PALETTE) {
            int entries = palette.length / 3;
            for (int channel = 0; channel < 3; channel++) {
                long value = samples[from] < entries ? palette[channel * entries + samples[from]] : 0;
                rgb[channel] = (int) Math.round(value * (double) brightest / 0xFFFF);
            }
        } else if (kind == YCBCR) {
            yCbCr.toRgb(samples, from, rgb);
        } else {
            lab.toRgb(samples, from, rgb);
        }
    }
}
