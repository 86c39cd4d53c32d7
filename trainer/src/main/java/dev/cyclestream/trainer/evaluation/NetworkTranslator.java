package dev.cyclestream.trainer.evaluation;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.PictureTensors;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.List;

/**
 * Translates with a generator in memory, whose owner closes it.
 *
 * @param generator takes pictures whose sides are multiples of 4
 * @param manager for what is computed on the way
 */
public record NetworkTranslator(TrainableNetwork generator, NDManager manager) implements Translator {

    @Override
    public List<Picture> translate(List<Picture> pictures) {
        try (NDManager scope = manager.newSubManager()) {
            return PictureTensors.toPictures(generator.forward(PictureTensors.toTensor(scope, pictures)));
        }
    }
}
