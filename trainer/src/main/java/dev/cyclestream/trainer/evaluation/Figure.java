package dev.cyclestream.trainer.evaluation;

import java.util.Locale;

/** A number that says how good translations are. */
public enum Figure {

    /** Mean probability, by a classifier that learned trainA from trainB, that an image is of the target domain: 0 to 1. */
    DOMAIN_SCORE("Domain score", true),

    /** Kernel distance of the classifier's features to those of real images, times 1000; about 0 for the same distribution. */
    KID("KID x 1000", false),

    /** Mean absolute distance to the ground truth, samples in [-1, 1]. */
    L1("L1 to the ground truth", false),

    /** Structural similarity to the ground truth, at most 1. */
    SSIM("SSIM to the ground truth", true),

    /** Mean absolute distance between an image and what comes back from the other generator, samples in [-1, 1]. */
    CYCLE_L1("Cycle L1", false),

    /** Kernel distance of the features of the given extractor, times 1000. */
    EXTRACTOR_KID("KID x 1000 by the given extractor", false),

    /** Fréchet distance of the features of the given extractor; 0 for the same mean and covariance. */
    EXTRACTOR_FID("FID by the given extractor", false);

    private final String title;
    private final boolean moreIsBetter;

    Figure(String title, boolean moreIsBetter) {
        this.title = title;
        this.moreIsBetter = moreIsBetter;
    }

    /** The title that people read: {@code Domain score (more is better)}. */
    public String title() {
        return "%s (%s is better)".formatted(title, moreIsBetter ? "more" : "less");
    }

    /** True if {@code value} is better than {@code other}. */
    public boolean isBetter(double value, double other) {
        return moreIsBetter ? value > other : value < other;
    }

    /** As the command line and files spell it: {@code domain-score}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
