package dev.cyclestream.demo;

import dev.cyclestream.picture.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Draws flat pictograms on white, no two alike: colour, size, turn and side vary with the seed. */
final class PictogramArtist {

    /** Side of a picture in pixels: the size that the demo's checkpoints were trained at. */
    static final int SIZE = 64;

    private static final int OVERSAMPLING = 4;
    private static final double LARGEST_TURN = Math.toRadians(9);

    private final SplittableRandom random;

    /** A picture and what is on it. */
    record Drawing(String name, Picture image) {}

    PictogramArtist(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Goes through all pictograms again and again until there are as many drawings as asked for. */
    List<Drawing> draw(int count) {
        Pictogram[] pictograms = Pictogram.values();
        List<Drawing> drawings = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Pictogram pictogram = pictograms[index % pictograms.length];
            String name = pictogram.name().toLowerCase(Locale.ROOT).replace('_', '-');
            drawings.add(new Drawing("%s-%02d".formatted(name, index / pictograms.length + 1), draw(pictogram)));
        }
        return drawings;
    }

    private Picture draw(Pictogram pictogram) {
        int side = SIZE * OVERSAMPLING;
        BufferedImage large = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = large.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, side, side);
        vary(graphics, side);
        pictogram.draw(new Brush(graphics), random);
        graphics.dispose();
        return Picture.of(large).fit(SIZE);
    }

    private void vary(Graphics2D graphics, int side) {
        double scale = side / Brush.SIZE * random.nextDouble(0.88, 0.99);
        graphics.translate(side / 2.0, side / 2.0);
        graphics.rotate(random.nextDouble(-LARGEST_TURN, LARGEST_TURN));
        graphics.scale(random.nextBoolean() ? scale : -scale, scale);
        graphics.translate(-Brush.SIZE / 2, -Brush.SIZE / 2);
    }
}
