package dev.cyclestream.trainer.report;

import java.awt.Graphics2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small plain letters for headings on pictures. They come from a resource, since Java's own text drawing fails on
 * machines that have no fonts, as servers and containers often have none.
 */
final class PixelLetters {

    /** Rows of a letter; the last two hold what hangs below the line. */
    static final int HEIGHT = 9;

    private static final String RESOURCE = "letters.txt";
    private static final int SPACE_WIDTH = 3;
    private static final Map<Character, List<String>> LETTERS = read();

    private PixelLetters() {}

    /**
     * Draws a line of text in the current colour.
     *
     * @param scale pixels of the picture for one of a letter
     * @throws IllegalArgumentException if the resource lacks a letter
     */
    static void draw(Graphics2D graphics, String text, int left, int top, int scale) {
        int x = left;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != ' ') {
                draw(graphics, letter(letter), x, top, scale);
            }
            x += (width(letter) + 1) * scale;
        }
    }

    /** Width of a line of text at scale 1, in pixels. */
    static int width(String text) {
        return text.chars().map(letter -> width((char) letter) + 1).sum() - 1;
    }

    private static void draw(Graphics2D graphics, List<String> rows, int left, int top, int scale) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < rows.get(y).length(); x++) {
                if (rows.get(y).charAt(x) == '#') {
                    graphics.fillRect(left + x * scale, top + y * scale, scale, scale);
                }
            }
        }
    }

    private static int width(char letter) {
        return letter == ' ' ? SPACE_WIDTH : letter(letter).get(0).length();
    }

    private static List<String> letter(char letter) {
        List<String> rows = LETTERS.get(letter);
        if (rows == null) {
            throw new IllegalArgumentException("%s: has no letter '%s'".formatted(RESOURCE, letter));
        }
        return rows;
    }

    private static Map<Character, List<String>> read() {
        try (InputStream input = PixelLetters.class.getResourceAsStream(RESOURCE)) {
            List<String> lines = new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            Map<Character, List<String>> letters = new HashMap<>();
            for (int line = 0; line < lines.size(); line += 1 + HEIGHT) {
                letters.put(lines.get(line).charAt(0), lines.subList(line + 1, line + 1 + HEIGHT));
            }
            return letters;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
