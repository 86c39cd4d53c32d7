package dev.cyclestream.page;

import gg.jte.Content;
import java.util.List;

/**
 * The content of a page of images.
 *
 * @param lead a sentence or two below the title
 * @param drawing what stands below the lead, trusted to be markup; may be empty
 * @param rest how many cards are not shown
 */
public record Gallery(String title, String lead, Content drawing, List<Fact> facts, List<Card> cards, long rest) {

    public Gallery {
        facts = List.copyOf(facts);
        cards = List.copyOf(cards);
    }

    /**
     * Images that belong together, shown side by side with arrows between.
     *
     * @param note further words, may be empty
     */
    public record Card(String title, String note, List<Frame> frames) {
        public Card {
            frames = List.copyOf(frames);
        }
    }

    /**
     * One image.
     *
     * @param caption what it is, may be empty
     * @param source URI, relative to the page or holding the image itself
     */
    public record Frame(String caption, String source) {}
}
