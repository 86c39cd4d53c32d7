package dev.cyclestream.cli;

import dev.cyclestream.image.ImageDecoder;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import picocli.CommandLine.Option;

/** What images are accepted and how they are written; of every command that translates. */
final class ImageOptions {

    @Option(
            names = "--max-image-bytes",
            defaultValue = "8MiB",
            paramLabel = "SIZE",
            description = "Largest encoded image.")
    private ByteSize maxImageBytes;

    @Option(
            names = "--max-pixels",
            defaultValue = "1048576",
            description = "Most pixels of an image; each takes up to 2.3 kB of memory.")
    private int maxPixels;

    @Option(names = "--jpeg-quality", defaultValue = "0.92", description = "Quality of JPEG results, 0 to 1.")
    private float jpegQuality;

    int maxImageBytes() {
        return maxImageBytes.bytes();
    }

    ImageCodec codec() {
        ImageLimits limits = new ImageLimits(maxImageBytes.bytes(), maxPixels);
        return new ImageCodec(new ImageDecoder(limits), new ImageEncoder(jpegQuality));
    }
}
