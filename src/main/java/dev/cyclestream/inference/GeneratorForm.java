package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.ValueRange;
import java.util.List;

/**
 * The part of a generator's form that no file holds: given by a user, shown by the graph, or found by a trial.
 *
 * @param input range of what goes in
 * @param output range of what comes out
 * @param multipleOf of which height and width must be multiples
 * @param findings how it was understood, in sentences
 * @param warnings what looks wrong, in sentences
 */
public record GeneratorForm(
        ValueRange input, ValueRange output, int multipleOf, List<String> findings, List<String> warnings) {

    /** Of a checkpoint as our trainer exports it: bytes at both ends, everything else inside. */
    static final GeneratorForm OWN =
            new GeneratorForm(ValueRange.ZERO_TO_255, ValueRange.ZERO_TO_255, 1, List.of(), List.of());

    public GeneratorForm {
        findings = List.copyOf(findings);
        warnings = List.copyOf(warnings);
    }
}
