package dev.cyclestream.demo;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** Flat pictures of things, each drawn with one main colour that varies and others that do not. */
enum Pictogram {
    APPLE((brush, color) -> brush.color(color)
            .curves(18, 12, 24, 8, 34, 11, 33, 21, 32, 30, 25, 36, 18, 33, 11, 36, 4, 30, 3, 21, 2, 11, 12, 8, 18, 12)
            .color(Palette.DARK_BROWN)
            .line(2, 18, 12, 19, 6)
            .color(Palette.GREEN)
            .curves(19, 8, 20, 2, 26, 1, 30, 2, 29, 6, 24, 9, 19, 8)),
    BALLOON((brush, color) -> brush.color(Palette.SILVER)
            .line(1.2, 18, 26, 18, 35)
            .color(color)
            .ellipse(18, 14, 12, 13.5)
            .polygon(15, 29.5, 21, 29.5, 18, 25)
            .color(Palette.WHITE)
            .ellipse(13, 9, 2.2, 3.6)),
    BELL(
            Palette.GOLDEN,
            (brush, color) -> brush.color(Palette.DARK_BROWN)
                    .circle(18, 31, 4)
                    .color(color)
                    .circle(18, 5, 3)
                    .curves(18, 3, 30, 3, 28, 20, 33, 29, 33, 29, 3, 29, 3, 29, 8, 20, 6, 3, 18, 3)),
    BOOK((brush, color) -> brush.color(color)
            .rounded(5, 3, 26, 31, 3)
            .color(Palette.WHITE)
            .rectangle(8, 27, 23, 4)
            .color(Palette.YELLOW)
            .rectangle(12, 9, 14, 3)
            .rectangle(12, 14, 9, 3)),
    CAR((brush, color) -> brush.color(color)
            .curves(3, 27, 2, 19, 5, 17, 9, 16, 12, 7, 13, 7, 18, 7, 25, 7, 26, 12, 28, 16, 34, 17, 34, 21, 33, 27)
            .color(Palette.PALE)
            .polygon(12, 15.5, 14.5, 10, 18, 10, 18, 15.5)
            .polygon(20, 15.5, 20, 10, 22.5, 10, 25.5, 15.5)
            .color(Palette.BLACK)
            .circle(10, 27, 4.5)
            .circle(26, 27, 4.5)
            .color(Palette.SILVER)
            .circle(10, 27, 2)
            .circle(26, 27, 2)),
    CAT(
            Palette.GOLDEN,
            (brush, color) -> brush.color(color)
                    .polygon(4, 3, 15, 10, 5, 19)
                    .polygon(32, 3, 21, 10, 31, 19)
                    .ellipse(18, 21, 15, 13)
                    .color(Palette.BLACK)
                    .ellipse(12, 19, 2, 2.8)
                    .ellipse(24, 19, 2, 2.8)
                    .color(Palette.PINK)
                    .polygon(16, 24, 20, 24, 18, 26.5)
                    .color(Palette.DARK_BROWN)
                    .arc(1.2, 15.5, 26.5, 2.5, 180, 180)
                    .arc(1.2, 20.5, 26.5, 2.5, 180, 180)),
    CHERRIES((brush, color) -> brush.color(Palette.DARK_GREEN)
            .line(1.6, 11, 24, 22, 5)
            .line(1.6, 26, 26, 22, 5)
            .color(Palette.GREEN)
            .curves(22, 5, 25, 0, 32, 2, 34, 5, 31, 9, 25, 9, 22, 5)
            .color(color)
            .circle(10, 26, 7.5)
            .circle(26, 27, 7.5)
            .color(Palette.WHITE)
            .circle(7.5, 23.5, 1.5)
            .circle(23.5, 24.5, 1.5)),
    CLOUD((brush, color) -> brush.color(Palette.PALE)
            .circle(11, 22, 8)
            .circle(26, 23, 7)
            .rectangle(11, 22, 15, 8)
            .circle(19, 16, 9)
            .color(color)
            .line(2.4, 10, 32, 8.5, 35)
            .line(2.4, 18, 32, 16.5, 35)
            .line(2.4, 26, 32, 24.5, 35)),
    CROWN((brush, color) -> brush.color(Palette.YELLOW)
            .polygon(3, 10, 11, 19, 18, 5, 25, 19, 33, 10, 30, 31, 6, 31)
            .color(Palette.ORANGE)
            .rectangle(6, 27, 24, 4)
            .color(color)
            .circle(3, 10, 2.6)
            .circle(18, 5, 2.6)
            .circle(33, 10, 2.6)
            .circle(18, 23, 2.6)),
    CUP((brush, color) -> brush.color(color)
            .arc(3.4, 28, 18, 5, 270, 180)
            .curves(4, 10, 4, 20, 5, 31, 10, 32, 14, 33, 18, 33, 22, 32, 27, 31, 28, 20, 28, 10)
            .color(Palette.PALE)
            .ellipse(16, 10, 12, 3.4)
            .color(Palette.BROWN)
            .ellipse(16, 10.4, 9.6, 2.2)),
    CUPCAKE((brush, color) -> brush.color(Palette.BROWN)
            .polygon(7, 20, 29, 20, 26, 34, 10, 34)
            .color(color)
            .circle(11, 18, 6)
            .circle(25, 18, 6)
            .circle(18, 12, 8)
            .rectangle(10, 16, 16, 7)
            .color(Palette.RED)
            .circle(18, 4.5, 3)),
    DROPLET((brush, color) -> brush.color(color)
            .curves(18, 2, 22, 10, 30, 16, 30, 23, 30, 30, 25, 35, 18, 35, 11, 35, 6, 30, 6, 23, 6, 16, 14, 10, 18, 2)
            .color(Palette.WHITE)
            .arc(2.2, 18, 23, 8, 180, 70)),
    ENVELOPE((brush, color) -> brush.color(Palette.PALE)
            .rounded(2, 7, 32, 23, 3)
            .color(Palette.SILVER)
            .line(1.4, 4, 28, 14, 19)
            .line(1.4, 32, 28, 22, 19)
            .color(color)
            .polygon(2.5, 8, 33.5, 8, 18, 22)),
    FISH((brush, color) -> brush.color(color)
            .polygon(26, 18, 35, 9, 35, 27)
            .ellipse(16, 18, 14, 9.5)
            .color(Palette.ORANGE)
            .polygon(13, 9.5, 22, 10, 19, 4)
            .polygon(15, 20, 22, 17, 21, 24)
            .color(Palette.WHITE)
            .circle(8.5, 15.5, 2.8)
            .color(Palette.BLACK)
            .circle(8.5, 15.5, 1.5)),
    FLAME((brush, color) -> brush.color(Palette.RED)
            .curves(19, 1, 21, 9, 32, 13, 31, 24, 30, 32, 24, 35, 18, 35, 11, 35, 5, 31, 5, 23, 5, 17, 9, 15, 10, 10)
            .color(Palette.YELLOW)
            .curves(
                    18, 15, 20, 20, 26, 22, 25, 28, 24, 33, 21, 34, 18, 34, 14, 34, 11, 31, 11, 27, 11, 22, 17, 20, 18,
                    15)
            .color(color)
            .ellipse(18, 30, 3.2, 4)),
    FLOWER((brush, color) -> brush.color(Palette.DARK_GREEN)
            .line(2.4, 18, 20, 18, 35)
            .color(Palette.GREEN)
            .ellipse(24, 30, 5.5, 2.6)
            .color(color)
            .circle(18, 6.5, 5)
            .circle(25.5, 12, 5)
            .circle(22.6, 20.5, 5)
            .circle(13.4, 20.5, 5)
            .circle(10.5, 12, 5)
            .color(Palette.YELLOW)
            .circle(18, 14, 4.5)),
    GEM((brush, color) -> brush.color(color)
            .polygon(9, 5, 27, 5, 34, 14, 18, 34, 2, 14)
            .color(Palette.PALE)
            .polygon(14, 14, 22, 14, 18, 6.5)
            .color(Palette.PINK)
            .polygon(4, 14.6, 12.6, 14.6, 17, 31)),
    GHOST((brush, color) -> brush.color(Palette.SILVER)
            .curves(18, 2, 25, 2, 30, 8, 30, 16, 30, 22, 30, 28, 31, 34, 28, 34, 27, 31, 24, 31, 22, 34, 20, 34, 18, 32)
            .curves(18, 2, 11, 2, 6, 8, 6, 16, 6, 22, 6, 28, 5, 34, 8, 34, 9, 31, 12, 31, 14, 34, 16, 34, 18, 32)
            .color(Palette.BLACK)
            .ellipse(13, 14, 2.4, 3.2)
            .ellipse(23, 14, 2.4, 3.2)
            .color(color)
            .ellipse(18, 22, 3.4, 2.6)),
    GIFT((brush, color) -> brush.color(color)
            .rounded(3, 16, 30, 18, 2)
            .rounded(1.5, 10, 33, 7, 2)
            .color(Palette.YELLOW)
            .rectangle(15, 10, 6, 24)
            .arc(3, 12.5, 6.5, 3.5, 300, 290)
            .arc(3, 23.5, 6.5, 3.5, 310, 290)),
    HEART((brush, color) -> brush.color(color)
            .curves(18, 10, 21, 2, 34, 1, 34, 12, 34, 21, 24, 28, 18, 34, 12, 28, 2, 21, 2, 12, 2, 1, 15, 2, 18, 10)),
    HOUSE((brush, color) -> brush.color(Palette.CREAM)
            .rectangle(6, 16, 24, 18)
            .color(color)
            .polygon(1, 18, 18, 3, 35, 18)
            .color(Palette.BROWN)
            .rectangle(15, 23, 6, 11)
            .color(Palette.BLUE)
            .rectangle(8.5, 21, 4.5, 5)
            .rectangle(23, 21, 4.5, 5)),
    KEY(
            Palette.GOLDEN,
            (brush, color) -> brush.color(color)
                    .circle(10, 18, 8.5)
                    .rounded(16, 15.8, 18.5, 4.4, 1)
                    .rectangle(25, 18, 3, 8)
                    .rectangle(30.5, 18, 3, 6)
                    .color(Palette.WHITE)
                    .circle(9, 18, 3.6)),
    LEAF((brush, color) -> brush.color(Palette.GREEN)
            .curves(4, 32, 2, 14, 12, 3, 33, 3, 33, 22, 24, 33, 4, 32)
            .color(Palette.DARK_GREEN)
            .line(1.8, 3, 33, 24, 12)
            .color(color)
            .circle(16, 12, 2.6)),
    MOON(Palette.GOLDEN, (brush, color) -> brush.color(color).crescent(18, 18, 16, 25, 13, 13)),
    MUSHROOM((brush, color) -> brush.color(Palette.CREAM)
            .rounded(12, 17, 12, 17, 5)
            .color(color)
            .curves(2, 20, 2, -3, 34, -3, 34, 20, 28, 23, 8, 23, 2, 20)
            .color(Palette.WHITE)
            .circle(11, 14, 3)
            .circle(20, 8, 3)
            .circle(27, 15, 2.6)),
    PLANET((brush, color) -> brush.color(color)
            .circle(18, 18, 12)
            .color(Palette.CREAM)
            .line(2.6, 9, 14, 22, 12)
            .line(2.6, 12, 24, 27, 21)
            .color(Palette.ORANGE)
            .line(2.8, 2, 26, 34, 10)),
    ROCKET((brush, color) -> brush.color(Palette.ORANGE)
            .polygon(13, 28, 23, 28, 18, 36)
            .color(color)
            .polygon(12, 17, 5, 29, 13, 27)
            .polygon(24, 17, 31, 29, 23, 27)
            .color(Palette.PALE)
            .curves(18, 1, 26, 8, 26, 20, 24, 29, 24, 29, 12, 29, 12, 29, 10, 20, 10, 8, 18, 1)
            .color(color)
            .curves(18, 1, 21, 4, 23, 6, 23.8, 9, 23.8, 9, 12.2, 9, 12.2, 9, 13, 6, 15, 4, 18, 1)
            .color(Palette.BLUE)
            .circle(18, 16, 3.6)),
    SAILBOAT((brush, color) -> brush.color(Palette.BROWN)
            .line(1.6, 18, 3, 18, 27)
            .color(color)
            .polygon(19.5, 4, 32, 23, 19.5, 23)
            .color(Palette.PALE)
            .polygon(16.5, 8, 16.5, 23, 5, 23)
            .color(Palette.BROWN)
            .polygon(3, 26, 33, 26, 28, 33, 8, 33)),
    SMILEY(
            Palette.GOLDEN,
            (brush, color) -> brush.color(color)
                    .circle(18, 18, 16.5)
                    .color(Palette.DARK_BROWN)
                    .ellipse(12, 13.5, 2.2, 3.2)
                    .ellipse(24, 13.5, 2.2, 3.2)
                    .pie(18, 19, 9.5, 180, 180)
                    .color(Palette.WHITE)
                    .rectangle(10.5, 19, 15, 2.6)),
    SNOWMAN((brush, color) -> brush.color(Palette.PALE)
            .circle(18, 25, 10)
            .circle(18, 12, 7.5)
            .color(Palette.BLACK)
            .circle(15.2, 10.5, 1.2)
            .circle(20.8, 10.5, 1.2)
            .rectangle(11, 4, 14, 2.4)
            .rectangle(13.5, 0, 9, 5)
            .color(Palette.ORANGE)
            .polygon(17.5, 12, 25, 13.5, 17.5, 14.6)
            .color(color)
            .rounded(11.5, 17, 13, 3.4, 1.7)),
    STAR(Palette.GOLDEN, (brush, color) -> brush.color(color).star(18, 19, 5, 17, 7.6)),
    SUN(
            Palette.GOLDEN,
            (brush, color) -> brush.color(Palette.ORANGE)
                    .star(18, 18, 12, 17.5, 12)
                    .color(color)
                    .circle(18, 18, 11)),
    TREE((brush, color) -> brush.color(Palette.BROWN)
            .rectangle(15, 26, 6, 9)
            .color(Palette.DARK_GREEN)
            .polygon(18, 1, 27, 13, 9, 13)
            .polygon(18, 8, 30, 21, 6, 21)
            .polygon(18, 15, 33, 29, 3, 29)
            .color(color)
            .circle(18, 11, 1.8)
            .circle(13, 19, 1.8)
            .circle(23, 24, 1.8)),
    UMBRELLA((brush, color) -> brush.color(Palette.BROWN)
            .line(2, 18, 16, 18, 30)
            .arc(2, 21, 30, 3, 180, 180)
            .color(color)
            .pie(18, 19, 16.5, 0, 180)
            .color(Palette.WHITE)
            .pie(12.5, 19, 5.5, 0, 180)
            .pie(23.5, 19, 5.5, 0, 180)
            .color(color)
            .rectangle(17, 3, 2, 16));

    @SuppressWarnings("ImmutableEnumChecker") // the list is one of the palette's
    private final List<Integer> colors;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
    private final BiConsumer<Brush, Integer> drawing;

    Pictogram(BiConsumer<Brush, Integer> drawing) {
        this(Palette.MAIN, drawing);
    }

    Pictogram(List<Integer> colors, BiConsumer<Brush, Integer> drawing) {
        this.colors = colors;
        this.drawing = drawing;
    }

    /** Draws on the whole square, with one of the main colours that the thing can have. */
    void draw(Brush brush, RandomGenerator random) {
        drawing.accept(brush, colors.get(random.nextInt(colors.size())));
    }
}
