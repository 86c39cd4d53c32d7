package dev.cyclestream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.checkpoint.ImageGraph.End;
import dev.cyclestream.checkpoint.ImageGraph.Layout;
import dev.cyclestream.checkpoint.ImageGraph.SampleType;
import dev.cyclestream.checkpoint.ValueRange;
import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageTensorsTest {

    private static final List<Picture> PICTURES = TrialPictures.of(9, 5);

    @Test
    void everyLayoutTypeAndRangeGivesTheImagesBack() {
        for (Layout layout : Layout.values()) {
            for (SampleType type : SampleType.values()) {
                for (ValueRange range : ValueRange.values()) {
                    ImageTensors tensors = new ImageTensors(new End("image", type, layout));
                    ByteBuffer samples = tensors.toSamples(PICTURES, range);
                    List<Picture> back = tensors.toImages(samples, range, PICTURES.size(), 9, 5);
                    assertThat(back).as("%s %s %s", layout, type, range).isEqualTo(PICTURES);
                }
            }
        }
    }

    @Test
    void numbersThatAreNoneEndATranslation() {
        ImageTensors tensors = new ImageTensors(new End("image", SampleType.FLOAT32, Layout.NCHW));
        for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            ByteBuffer samples = ByteBuffer.allocate(3 * Float.BYTES).order(ByteOrder.nativeOrder());
            samples.putFloat(0).putFloat(value).putFloat(0).flip();
            assertThatThrownBy(() -> tensors.toImages(samples, ValueRange.ZERO_TO_ONE, 1, 1, 1))
                    .isInstanceOf(GeneratorFailedException.class)
                    .hasMessage("expected numbers, found " + value);
        }
    }
}
