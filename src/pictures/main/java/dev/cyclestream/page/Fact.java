package dev.cyclestream.page;

/**
 * A number at the top of a page.
 *
 * @param value as it is shown
 * @param label what it counts
 */
public record Fact(String value, String label) {}
