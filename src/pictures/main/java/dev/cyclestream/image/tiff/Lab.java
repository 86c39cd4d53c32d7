package dev.cyclestream.image.tiff;

/**
 * CIE L*a*b* of a TIFF to sRGB.
 *
 * @param d65 whether its white is that of daylight of 6500 K, as sRGB's; otherwise that of 5000 K, as in profiles and printing
 * @param brightest what 100 % is, 255 or 65535
 * @param signed whether a* and b* are signed (CIELab) or have their zero in the middle (ICCLab)
 */
record Lab(boolean d65, int brightest, boolean signed) {

    private static final double LINEAR_BELOW = 6.0 / 29;
    private static final double[] WHITE_OF_D65 = {0.95047, 1, 1.08883};
    private static final double[][] FROM_D65 = {
        {3.2404542, -1.5371385, -0.4985314},
        {-0.9692660, 1.8760108, 0.0415560},
        {0.0556434, -0.2040259, 1.0572252}
    };
    private static final double[] WHITE_OF_D50 = {0.96422, 1, 0.82521};

    /** White adapted as Bradford says. */
    private static final double[][] FROM_D50 = {
        {3.1338561, -1.6168667, -0.4906146},
        {-0.9787684, 1.9161415, 0.0334540},
        {0.0719453, -0.2289914, 1.4052427}
    };

    static Lab of(TiffDirectory directory, int brightest, boolean signed) {
        boolean d65 = directory
                .fractions(TiffTag.WHITE_POINT)
                .filter(white -> white.length == 2)
                .map(white -> Math.abs(white[0] - 0.3127) < 0.005 && Math.abs(white[1] - 0.3290) < 0.005)
                .orElse(false);
        return new Lab(d65, brightest, signed);
    }

    void toRgb(int[] samples, int from, int[] rgb) {
        boolean deep = brightest > 0xFF;
        double step = deep ? 256 : 1;
        double lightness = samples[from] * 100.0 / (deep && !signed ? 0xFF00 : brightest);
        double fy = (lightness + 16) / 116;
        double fx = fy + difference(samples[from + 1]) / step / 500;
        double fz = fy - difference(samples[from + 2]) / step / 200;
        double[] white = d65 ? WHITE_OF_D65 : WHITE_OF_D50;
        double x = white[0] * cubed(fx);
        double y = white[1] * cubed(fy);
        double z = white[2] * cubed(fz);
        for (int channel = 0; channel < rgb.length; channel++) {
            double[] weights = d65 ? FROM_D65[channel] : FROM_D50[channel];
            double linear = weights[0] * x + weights[1] * y + weights[2] * z;
            rgb[channel] = (int) Math.round(brightest * encoded(Math.max(0, Math.min(1, linear))));
        }
    }

    private double difference(int sample) {
        int half = (brightest + 1) / 2;
        return signed ? (sample >= half ? sample - 2.0 * half : sample) : sample - half;
    }

    private static double cubed(double f) {
        return f > LINEAR_BELOW ? f * f * f : 3 * LINEAR_BELOW * LINEAR_BELOW * (f - 4.0 / 29);
    }

    private static double encoded(double linear) {
        return linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    }
}
