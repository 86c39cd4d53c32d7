package dev.cyclestream.trainer.cli;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.option.Range;
import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.network.BlockCount;
import dev.cyclestream.trainer.network.PatchDiscriminator;
import dev.cyclestream.trainer.network.ResnetGenerator;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The networks, as the command line describes them. */
final class NetworkOptions {

    @Option(names = "--filters", defaultValue = "64", description = "Channels after a network's first convolution.")
    @Range(from = "1", to = "1024")
    private int filters;

    @Option(
            names = "--blocks",
            defaultValue = BlockCount.AUTO,
            description = "Residual blocks of a generator; auto: 6 up to 128 px, 9 above.")
    private BlockCount blocks;

    @Option(
            names = "--upsampling",
            defaultValue = "transposed-convolution",
            description =
                    "Way in which a generator gets back to the full size: ${COMPLETION-CANDIDATES}. The second leaves no"
                            + " checkerboards.")
    private ResnetGenerator.Upsampling upsampling;

    @Option(
            names = "--discriminator-filters",
            description = "Channels after a discriminator's first convolution. Default: as --filters.")
    @Range(from = "1", to = "1024")
    private Optional<Integer> discriminatorFilters;

    @Option(
            names = "--discriminator-layers",
            defaultValue = "" + PatchDiscriminator.PAPER_LAYERS,
            description = "Layers of a discriminator; 3 judges patches of 70 x 70 px.")
    @Range(from = "1", to = "8")
    private int discriminatorLayers;

    /** For training images of {@code size} pixels a side. */
    Architecture architecture(int size) {
        PatchDiscriminator discriminator =
                new PatchDiscriminator(discriminatorFilters.orElse(filters), discriminatorLayers);
        if (size < discriminator.smallestSide()) {
            throw new WrongSetUpException(
                    "--size: expected at least %d for a discriminator of %d layers (--discriminator-layers), found %d"
                            .formatted(discriminator.smallestSide(), discriminatorLayers, size));
        }
        return new Architecture(new ResnetGenerator(filters, blocks.forSize(size), upsampling), discriminator);
    }
}
