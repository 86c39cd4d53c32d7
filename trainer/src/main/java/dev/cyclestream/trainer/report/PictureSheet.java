package dev.cyclestream.trainer.report;

import dev.cyclestream.trainer.data.Picture;
import dev.cyclestream.trainer.data.PictureFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pictures of one size in rows and columns on white, with a gap between them. */
public final class PictureSheet {

    private static final int GAP = 4;

    private final List<List<Picture>> rows = new ArrayList<>();

    void addRow(List<Picture> cells) {
        rows.add(List.copyOf(cells));
    }

    /** Writes the sheet as PNG. */
    public void writePng(Path file) throws IOException {
        PictureFile.writePng(file, draw());
    }

    private BufferedImage draw() {
        Picture first = rows.get(0).get(0);
        int stepX = first.width() + GAP;
        int stepY = first.height() + GAP;
        BufferedImage image = new BufferedImage(
                rows.get(0).size() * stepX + GAP, rows.size() * stepY + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                BufferedImage cell = rows.get(row).get(column).toBufferedImage();
                graphics.drawImage(cell, GAP + column * stepX, GAP + row * stepY, null);
            }
        }
        graphics.dispose();
        return image;
    }
}
