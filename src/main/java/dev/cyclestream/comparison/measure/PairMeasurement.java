package dev.cyclestream.comparison.measure;

import dev.cyclestream.comparison.measure.Measured.Shown;
import dev.cyclestream.comparison.measure.PairFigures.Mark;
import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.Pair;
import dev.cyclestream.gallery.ShownImage;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.picture.Fault;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.picture.PictureDistance;
import dev.cyclestream.topic.UnexpectedRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/** Reads and measures a pair. Safe for use by several threads. */
public final class PairMeasurement {

    private final Optional<ImageTranslator> reverse;
    private final int cycleEvery;

    /** An input, or the reason why there is none. */
    private record Input(InputState state, Optional<ShownImage> picture, Optional<Picture> pixels) {
        static Input none(InputState state) {
            return new Input(state, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Measures with or without the way back.
     *
     * @param reverse translates back
     * @param cycleEvery translates back one pair of so many
     */
    public PairMeasurement(Optional<ImageTranslator> reverse, int cycleEvery) {
        this.reverse = reverse;
        this.cycleEvery = cycleEvery;
    }

    /**
     * Measures one pair.
     *
     * @param number of the pair, from 0
     * @return empty if one of the outputs cannot be read
     */
    public Optional<Measured> measure(long number, Pair pair) {
        Both<ShownImage> pictures;
        Both<Picture> outputs;
        try {
            pictures = pair.outputs().map(image -> ShownImage.of(read(image)));
            outputs = pictures.map(ShownImage::decode);
        } catch (ImageRejectedException | UnexpectedRecordException e) {
            return Optional.empty();
        }
        Input input = input(pair);
        boolean identical = pictures.ofOld().hasBytesOf(pictures.ofNew());
        PairFigures figures = figures(number, outputs, input, identical);
        return Optional.of(new Measured(number, pair, figures, input.state(), new Shown(input.picture(), pictures)));
    }

    private static byte[] read(Pair.Image image) {
        try {
            return image.content().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Input input(Pair pair) {
        if (pair.input().isEmpty()) {
            return Input.none(InputState.GONE);
        }
        try {
            byte[] encoded = read(pair.input().get());
            String found = DigestUtils.sha256Hex(encoded);
            if (!found.equals(pair.inputSha256().orElse(found))) {
                return Input.none(InputState.ANOTHER);
            }
            ShownImage picture = ShownImage.of(encoded);
            return new Input(InputState.THERE, Optional.of(picture), Optional.of(picture.decode()));
        } catch (ImageRejectedException | UnexpectedRecordException e) {
            return Input.none(InputState.UNREADABLE);
        }
    }

    private PairFigures figures(long number, Both<Picture> outputs, Input input, boolean identical) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        if (identical) {
            marks.add(Mark.IDENTICAL);
        }
        if (input.pixels().isEmpty()) {
            marks.add(Mark.NO_INPUT);
        }
        Both<Picture> comparable = atSmallerSize(outputs);
        if (!comparable.equals(outputs)) {
            marks.add(Mark.SIZE_DIFFERS);
        }
        boolean cycle = number % cycleEvery == 0;
        return new PairFigures(
                PictureDistance.l1(comparable.ofOld(), comparable.ofNew()),
                PictureDistance.ssim(comparable.ofOld(), comparable.ofNew()),
                outputs.map(output -> cycle ? cycleError(output, input) : Double.NaN),
                outputs.map(output -> faults(output, input)),
                marks);
    }

    /** The one with more pixels is resized to the size of the other. */
    private static Both<Picture> atSmallerSize(Both<Picture> outputs) {
        Picture old = outputs.ofOld();
        Picture newer = outputs.ofNew();
        if (old.width() == newer.width() && old.height() == newer.height()) {
            return outputs;
        }
        return (long) old.width() * old.height() > (long) newer.width() * newer.height()
                ? new Both<>(old.resize(newer.width(), newer.height()), newer)
                : new Both<>(old, newer.resize(old.width(), old.height()));
    }

    private static Set<Fault> faults(Picture output, Input input) {
        return input.pixels()
                .map(pixels -> Fault.of(output, pixels.resize(output.width(), output.height())))
                .orElseGet(() -> EnumSet.noneOf(Fault.class));
    }

    /** The distance of the output, translated back, from the input; both at the output's size. */
    private double cycleError(Picture output, Input input) {
        if (reverse.isEmpty() || input.pixels().isEmpty()) {
            return Double.NaN;
        }
        Picture back = reverse.get().translate(output);
        return PictureDistance.l1(back, input.pixels().get().resize(back.width(), back.height()));
    }
}
