package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.ImageGraph;
import dev.cyclestream.picture.Picture;

/**
 * Brings images of one size to a size that a graph takes, and translations of that size back: mirrored on at the right and
 * bottom to a multiple, or, where the graph has one size only, brought into it with their proportions and mirrored on to the
 * rest of it.
 */
final class SizeFit {

    private final int width;
    private final int height;
    private final int innerWidth;
    private final int innerHeight;
    private final int outerWidth;
    private final int outerHeight;

    SizeFit(ImageGraph graph, int multipleOf, int width, int height) {
        this.width = width;
        this.height = height;
        if (graph.hasFixedSize()) {
            double scale = Math.min((double) graph.width() / width, (double) graph.height() / height);
            innerWidth = (int) Math.max(1, Math.min(graph.width(), Math.round(width * scale)));
            innerHeight = (int) Math.max(1, Math.min(graph.height(), Math.round(height * scale)));
            outerWidth = graph.width();
            outerHeight = graph.height();
        } else {
            innerWidth = width;
            innerHeight = height;
            outerWidth = multiple(width, multipleOf);
            outerHeight = multiple(height, multipleOf);
        }
    }

    private static int multiple(int size, int multipleOf) {
        return (size + multipleOf - 1) / multipleOf * multipleOf;
    }

    /** As the graph takes an image. */
    Picture before(Picture image) {
        return image.resize(innerWidth, innerHeight).mirrorTo(outerWidth, outerHeight);
    }

    /** A translation at the size of the image. */
    Picture after(Picture translated) {
        return translated.crop(innerWidth, innerHeight).resize(width, height);
    }
}
