package dev.cyclestream.trainer.cli;

import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.network.PatchDiscriminator;
import dev.cyclestream.trainer.network.ResnetGenerator;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The networks, as the command line describes them. */
final class NetworkOptions {

    private static final String AUTO = "auto";

    @Option(names = "--filters", defaultValue = "64", description = "Channels after a network's first convolution.")
    private int filters;

    @Option(
            names = "--blocks",
            defaultValue = AUTO,
            description = "Residual blocks of a generator; auto: 6 up to 128 px, 9 above.")
    private String blocks;

    @Option(
            names = "--upsampling",
            defaultValue = "transposed-convolution",
            description = "How a generator gets back to the full size: ${COMPLETION-CANDIDATES}. The second leaves no"
                    + " checkerboards.")
    private ResnetGenerator.Upsampling upsampling;

    @Option(
            names = "--discriminator-filters",
            description = "Channels after a discriminator's first convolution. Default: as --filters.")
    private Optional<Integer> discriminatorFilters;

    @Option(
            names = "--discriminator-layers",
            defaultValue = "" + PatchDiscriminator.PAPER_LAYERS,
            description = "Layers of a discriminator; 3 judges patches of 70 x 70 px.")
    private int discriminatorLayers;

    /** For training images of {@code size} pixels a side. */
    Architecture architecture(int size) {
        return new Architecture(
                new ResnetGenerator(filters, blockCount(size), upsampling),
                new PatchDiscriminator(discriminatorFilters.orElse(filters), discriminatorLayers));
    }

    private int blockCount(int size) {
        if (blocks.equals(AUTO)) {
            return ResnetGenerator.blocksForSize(size);
        }
        try {
            return Integer.parseInt(blocks);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--blocks: expected a number or auto, found " + blocks, e);
        }
    }
}
