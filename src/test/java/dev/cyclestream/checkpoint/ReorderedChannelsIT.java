package dev.cyclestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.picture.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReorderedChannelsIT {

    @Test
    void resultIsThatOfTheOriginalInOtherColours() throws IOException {
        ReorderedChannels greenBlueRed = new ReorderedChannels(List.of(1, 2, 0));
        Checkpoint original = DemoCheckpoint.aToB();
        Checkpoint reordered = Checkpoint.open("reordered.onnx", new ByteArrayInputStream(greenBlueRed.of(original)));
        Picture apple = DemoPicture.drawings(1, 1).get(0);

        try (ImageTranslator before = ImageTranslator.load(original, ImageCodec.standard());
                ImageTranslator after = ImageTranslator.load(reordered, ImageCodec.standard())) {
            Picture expected = before.translate(apple);
            assertThat(after.translate(apple).largestDifference(greenBlueRed.reorder(expected)))
                    .isZero();
            assertThat(after.translate(apple).meanDifference(expected)).isGreaterThan(10);
        }
    }
}
