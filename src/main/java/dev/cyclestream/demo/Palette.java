package dev.cyclestream.demo;

import java.util.List;

/** Flat colours, as {@code 0xRRGGBB}. */
final class Palette {

    static final int BLACK = 0x292F33;
    static final int BLUE = 0x55ACEE;
    static final int BROWN = 0xC1694F;
    static final int CREAM = 0xFFE8B6;
    static final int DARK_BROWN = 0x664500;
    static final int DARK_GREEN = 0x3E721D;
    static final int GREEN = 0x77B255;
    static final int ORANGE = 0xF4900C;
    static final int PALE = 0xE1E8ED;
    static final int PINK = 0xF4ABBA;
    static final int RED = 0xDD2E44;
    static final int SILVER = 0xCCD6DD;
    static final int WHITE = 0xFFFFFF;
    static final int YELLOW = 0xFFCC4D;

    /** The main colours of things that shine. */
    static final List<Integer> GOLDEN = List.of(YELLOW, ORANGE, 0xFFAC33);

    /** The main colours that any other pictogram can have: all stand out from white. */
    static final List<Integer> MAIN =
            List.of(RED, ORANGE, YELLOW, GREEN, 0x3B88C3, BLUE, 0xAA8DD8, 0xEA596E, 0xFFAC33, 0x226699);

    private Palette() {}
}
