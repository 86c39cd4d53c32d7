package dev.cyclestream.page;

import java.util.List;

/**
 * The content of a page on a roll-out that is over.
 *
 * @param lead a few sentences below the title
 * @param splits all that were announced
 * @param lanes one for each partition
 * @param pairs pictures that both checkpoints translated
 */
public record RolloutReport(
        String title,
        String lead,
        List<Fact> facts,
        Checkpoints checkpoints,
        Table splits,
        List<Lane> lanes,
        List<Pair> pairs) {

    /** Strips of more images than this have no gaps between them, which would take all their width. */
    private static final int MOST_WITH_GAPS = 100;

    public RolloutReport {
        facts = List.copyOf(facts);
        lanes = List.copyOf(lanes);
        pairs = List.copyOf(pairs);
    }

    /**
     * The names of the two checkpoints.
     *
     * @param note on the candidate
     */
    public record Checkpoints(String first, String candidate, String note) {}

    /**
     * The images of a partition in the order of their offsets.
     *
     * @param segments one for each split that held there, in their order
     */
    public record Lane(String title, String note, List<Segment> segments) {
        public Lane {
            segments = List.copyOf(segments);
        }

        /** The style's class of the strip. */
        public String style() {
            int images = segments.stream()
                    .mapToInt(segment -> segment.cells().size())
                    .sum();
            return images > MOST_WITH_GAPS ? "dense" : "";
        }
    }

    /**
     * The images for which one split held.
     *
     * @param from the offset of the first one, in words; empty where no split was announced
     */
    public record Segment(String name, String from, List<Cell> cells) {
        public Segment {
            cells = List.copyOf(cells);
        }
    }

    /**
     * One image of a strip.
     *
     * @param style the style's class: {@code one}, {@code two} or {@code both}
     * @param hint is shown on pointing at it
     */
    public record Cell(String style, String hint) {}

    /**
     * A picture that both checkpoints translated.
     *
     * @param note further words
     * @param input URI, which may hold the picture itself, as the others
     */
    public record Pair(String title, String note, String input, String stable, String candidate) {}
}
