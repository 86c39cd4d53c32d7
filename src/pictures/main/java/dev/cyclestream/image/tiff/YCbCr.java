package dev.cyclestream.image.tiff;

/**
 * Luma and colour differences of a TIFF (TIFF 6.0, section 21).
 *
 * @param red share of red in luma
 * @param green of green
 * @param blue of blue
 * @param range black and white of each of the three
 */
@SuppressWarnings("ArrayRecordComponent") // local to the decoder of one image
record YCbCr(double red, double green, double blue, double[] range, int brightest) {

    private static final double[] SHARES = {0.299, 0.587, 0.114};

    static YCbCr of(TiffDirectory directory, int brightest) {
        double[] shares = directory
                .fractions(TiffTag.YCBCR_COEFFICIENTS)
                .filter(values -> values.length == 3 && values[1] > 0)
                .orElse(SHARES);
        double middle = (brightest + 1) / 2.0;
        double[] range = directory
                .fractions(TiffTag.BLACK_WHITE)
                .filter(values ->
                        values.length == 6 && values[1] > values[0] && values[3] > values[2] && values[5] > values[4])
                .orElse(new double[] {0, brightest, middle, brightest, middle, brightest});
        return new YCbCr(shares[0], shares[1], shares[2], range, brightest);
    }

    /**
     * Luma and colour differences as JPEG writes them, of a colour that was made of them.
     *
     * @param rgb 0xRRGGBB
     */
    static void ofFullRange(int rgb, int[] samples) {
        double redValue = rgb >> 16 & 0xFF;
        double blueValue = rgb & 0xFF;
        double luma = SHARES[0] * redValue + SHARES[1] * (rgb >> 8 & 0xFF) + SHARES[2] * blueValue;
        samples[0] = (int) Math.round(luma);
        samples[1] = (int) Math.round(128 + (blueValue - luma) / (2 - 2 * SHARES[2]));
        samples[2] = (int) Math.round(128 + (redValue - luma) / (2 - 2 * SHARES[0]));
    }

    void toRgb(int[] samples, int from, int[] rgb) {
        double luma = part(samples[from], 0, brightest);
        double blueness = part(samples[from + 1], 2, brightest / 2);
        double redness = part(samples[from + 2], 4, brightest / 2);
        double redValue = redness * (2 - 2 * red) + luma;
        double blueValue = blueness * (2 - 2 * blue) + luma;
        rgb[0] = clamped(redValue);
        rgb[1] = clamped((luma - blue * blueValue - red * redValue) / green);
        rgb[2] = clamped(blueValue);
    }

    private double part(int sample, int first, int most) {
        return (sample - range[first]) * most / (range[first + 1] - range[first]);
    }

    private int clamped(double value) {
        return (int) Math.round(Math.max(0, Math.min(brightest, value)));
    }
}
