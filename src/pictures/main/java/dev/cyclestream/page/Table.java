package dev.cyclestream.page;

import java.util.List;

/**
 * A table of a page.
 *
 * @param header titles of the columns
 */
public record Table(List<String> header, List<Row> rows) {

    public Table {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * A row of a table.
     *
     * @param style the style's class, such as {@code failed}; may be empty
     */
    public record Row(String style, List<String> cells) {

        public Row {
            cells = List.copyOf(cells);
        }

        /** A row without a style of its own. */
        public static Row of(String... cells) {
            return new Row("", List.of(cells));
        }
    }
}
