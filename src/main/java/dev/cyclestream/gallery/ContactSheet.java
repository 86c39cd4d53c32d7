package dev.cyclestream.gallery;

import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.picture.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One picture of many: rows of images that became one another, with arrows between, several such rows side by side. There
 * is no text on it, so that it needs no fonts.
 */
public final class ContactSheet {

    private static final int CELL = 112;
    private static final int ARROW = 34;
    private static final int GAP = 14;
    private static final int MARGIN = 28;
    private static final Color PAPER = Color.WHITE;
    private static final Color INK = new Color(0x9AA3AF);

    private final int columns;
    private final List<List<Picture>> sequences = new ArrayList<>();

    /** @param columns sequences side by side */
    public ContactSheet(int columns) {
        this.columns = columns;
    }

    /** Adds images that became one another; all sequences of a sheet have the same length. */
    public void add(List<Picture> sequence) {
        sequences.add(List.copyOf(sequence));
    }

    /** Writes the sheet as PNG and makes the folders above it. */
    public void writePng(Path file) throws IOException {
        EncodedImage encoded = new ImageEncoder(1).encode(Picture.of(draw()), ImageFormat.PNG);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, encoded.toBytes());
    }

    private BufferedImage draw() {
        int length = sequences.isEmpty() ? 1 : sequences.get(0).size();
        int columnWidth = length * CELL + (length - 1) * ARROW;
        int rows = (sequences.size() + columns - 1) / columns;
        BufferedImage sheet = new BufferedImage(
                2 * MARGIN + columns * columnWidth + (columns - 1) * 3 * GAP,
                2 * MARGIN + rows * CELL + (rows - 1) * GAP,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int index = 0; index < sequences.size(); index++) {
            int left = MARGIN + index % columns * (columnWidth + 3 * GAP);
            int top = MARGIN + index / columns * (CELL + GAP);
            draw(graphics, sequences.get(index), left, top);
        }
        graphics.dispose();
        return sheet;
    }

    private static void draw(Graphics2D graphics, List<Picture> sequence, int left, int top) {
        int x = left;
        for (int index = 0; index < sequence.size(); index++) {
            if (index > 0) {
                drawArrow(graphics, x, top + CELL / 2);
                x += ARROW;
            }
            drawFitted(graphics, sequence.get(index), x, top);
            x += CELL;
        }
    }

    private static void drawFitted(Graphics2D graphics, Picture image, int left, int top) {
        double scale = (double) CELL / Math.max(image.width(), image.height());
        int width = (int) Math.round(image.width() * scale);
        int height = (int) Math.round(image.height() * scale);
        graphics.drawImage(
                image.toBufferedImage(), left + (CELL - width) / 2, top + (CELL - height) / 2, width, height, null);
    }

    private static void drawArrow(Graphics2D graphics, int left, int middle) {
        int inset = 9;
        int head = 5;
        int tip = left + ARROW - inset;
        Path2D arrow = new Path2D.Double();
        arrow.moveTo(left + inset, middle);
        arrow.lineTo(tip, middle);
        arrow.moveTo(tip - head, middle - head);
        arrow.lineTo(tip, middle);
        arrow.lineTo(tip - head, middle + head);
        graphics.setColor(INK);
        graphics.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(arrow);
    }
}
