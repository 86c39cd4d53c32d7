package dev.cyclestream.cli.option;

import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.SizePolicy;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.option.ByteSize;
import dev.cyclestream.option.Range;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for the images that are accepted and for how they are written; of every command that translates. */
public final class ImageOptions {

    private static final int LARGEST_FILE = 64 << 20;

    @Option(
            names = "--max-image-bytes",
            paramLabel = "SIZE",
            description =
                    "Largest encoded image; topics must take as much and 128 KiB more. Default: 8MiB; 64MiB, as phones and scanners write, where no topic is in between, and with --fit of images that events refer to.")
    @Range(from = "1B", to = "2047MiB")
    private Optional<ByteSize> maxImageBytes;

    @Option(
            names = "--max-pixels",
            defaultValue = "25000000",
            description =
                    "Most pixels of an image that is decoded; with --fit 16 times as many in JPEG, TIFF, BMP, and PNG that is not interlaced, which are shrunk while they are read.")
    @Range(from = "256")
    private int maxPixels;

    @Option(
            names = "--max-decoding-time",
            defaultValue = "PT10S",
            paramLabel = "DURATION",
            description = "Most processor time that decoding an image may take.")
    @Range(from = "PT0.001S", to = "PT1H")
    private Duration maxDecodingTime;

    @Option(
            names = "--max-side",
            paramLabel = "PIXELS",
            description =
                    "Longest side that is translated; a generator takes up to 2.3 kB of memory for each pixel. Default: 1024.")
    @Range(from = "16", to = "16384")
    private Optional<Integer> maxSide;

    @Option(
            names = "--fit",
            paramLabel = "PIXELS",
            description = "Shrink larger images to this longest side instead of refusing them; proportions are kept.")
    @Range(from = "16", to = "16384")
    private Optional<Integer> fit;

    @Option(names = "--jpeg-quality", defaultValue = "0.92", description = "Quality of JPEG results, 0 to 1.")
    @Range(from = "0", to = "1")
    private float jpegQuality;

    /** Most bytes of an image in a record. */
    public int maxImageBytes() {
        return maxImageBytes.map(ByteSize::length).orElse(ImageLimits.DEFAULT.maxBytes());
    }

    /** Most bytes of an image that is decoded: where large ones are shrunk, they are meant to come, by reference. */
    public int maxInputBytes() {
        return fit.isPresent() ? maxImageBytes.map(ByteSize::length).orElse(LARGEST_FILE) : maxImageBytes();
    }

    /** The settings that decide how an image comes out, as text that is the same for the same settings. */
    public String describe() {
        return "max-image-bytes=%d max-pixels=%d %s jpeg-quality=%s"
                .formatted(maxImageBytes(), maxPixels, sizePolicy(), jpegQuality);
    }

    /** For images that come in records, or that records refer to. */
    public ImageCodec codec() {
        return codec(maxInputBytes());
    }

    /** For images that come from a folder, which no topic bounds. */
    public ImageCodec codecOfFiles() {
        return codec(maxImageBytes.map(ByteSize::length).orElse(LARGEST_FILE));
    }

    private ImageCodec codec(int maxBytes) {
        ImageLimits limits = new ImageLimits(maxBytes, maxPixels, maxDecodingTime);
        return new ImageCodec(new ImageDecoder(limits), sizePolicy(), new ImageEncoder(jpegQuality));
    }

    private SizePolicy sizePolicy() {
        if (fit.isPresent() && maxSide.isPresent()) {
            throw new IllegalArgumentException(
                    "--max-side, --fit: expected one of them, since images are either refused or shrunk, found both");
        }
        return fit.isPresent()
                ? new SizePolicy.Fit(fit.get())
                : new SizePolicy.Native(maxSide.orElse(SizePolicy.DEFAULT_MAX_SIDE));
    }
}
