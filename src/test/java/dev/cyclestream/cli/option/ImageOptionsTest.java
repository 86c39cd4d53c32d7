package dev.cyclestream.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ImageOptionsTest {

    private static final int MIB = 1 << 20;

    @Command
    private static final class Sample {
        @Mixin
        private ImageOptions images;
    }

    @Test
    void imagesThatAreShrunkMayHaveMoreBytesWhereNoRecordHoldsThem() {
        assertThat(parse().maxInputBytes()).isEqualTo(8 * MIB);
        ImageOptions shrinking = parse("--fit", "512");
        assertThat(shrinking.maxInputBytes()).isEqualTo(64 * MIB);
        assertThat(shrinking.maxImageBytes()).isEqualTo(8 * MIB); // what topics are made for
    }

    @Test
    void limitThatIsGivenHoldsForBoth() {
        ImageOptions images = parse("--fit", "512", "--max-image-bytes", "3MiB");
        assertThat(images.maxInputBytes()).isEqualTo(3 * MIB);
        assertThat(images.maxImageBytes()).isEqualTo(3 * MIB);
    }

    private static ImageOptions parse(String... arguments) {
        Sample sample = new Sample();
        OptionTypes.registerIn(new CommandLine(sample)).parseArgs(arguments);
        return sample.images;
    }
}
