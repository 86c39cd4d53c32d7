package dev.cyclestream.trainer.report;

import dev.cyclestream.picture.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pictures in rows on white: each row has groups of cells, and each cell stands in the middle below its heading. */
final class PictureSheet {

    private static final int GAP = 4;
    private static final int GROUP_GAP = 20;
    private static final int HEADING_HEIGHT = 18;
    private static final Color INK = new Color(0x50, 0x58, 0x64);

    private final List<List<String>> headings;
    private final List<List<List<Picture>>> rows = new ArrayList<>();

    /** @param headings of each group's cells */
    PictureSheet(List<List<String>> headings) {
        this.headings = List.copyOf(headings);
    }

    /** Adds a row of groups of cells. */
    void addRow(List<List<Picture>> groups) {
        rows.add(List.copyOf(groups));
    }

    BufferedImage draw() {
        int cellWidth = cellWidth();
        int cellHeight = cells().mapToInt(Picture::height).max().orElse(1);
        int columns = headings.stream().mapToInt(List::size).sum();
        int width = columns * (cellWidth + GAP) + (headings.size() - 1) * GROUP_GAP + GAP;
        int height = HEADING_HEIGHT + rows.size() * (cellHeight + GAP) + GAP;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(INK);
        int left = GAP;
        for (int group = 0; group < headings.size(); group++) {
            for (int column = 0; column < headings.get(group).size(); column++) {
                drawHeading(graphics, headings.get(group).get(column), left, cellWidth);
                for (int row = 0; row < rows.size(); row++) {
                    BufferedImage cell = rows.get(row).get(group).get(column).toBufferedImage();
                    int start = left + (cellWidth - cell.getWidth()) / 2;
                    graphics.drawImage(cell, start, HEADING_HEIGHT + row * (cellHeight + GAP), null);
                }
                left += cellWidth + GAP;
            }
            left += GROUP_GAP;
        }
        graphics.dispose();
        return image;
    }

    private static void drawHeading(Graphics2D graphics, String heading, int left, int width) {
        int start = left + (width - PixelLetters.width(heading)) / 2;
        PixelLetters.draw(graphics, heading, start, GAP, 1);
    }

    /** Of the widest picture or, if that is wider, the widest heading. */
    private int cellWidth() {
        IntStream pictures = cells().mapToInt(Picture::width);
        IntStream words = headings.stream().flatMap(List::stream).mapToInt(PixelLetters::width);
        return IntStream.concat(pictures, words).max().orElse(1);
    }

    private Stream<Picture> cells() {
        return rows.stream().flatMap(List::stream).flatMap(List::stream);
    }
}
