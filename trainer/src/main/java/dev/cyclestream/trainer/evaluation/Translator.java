package dev.cyclestream.trainer.evaluation;

import dev.cyclestream.picture.Picture;
import java.util.List;

/** Whatever translates pictures of one direction: a network in training, or a checkpoint. */
public interface Translator {

    /** The translations of pictures of one size, in their order and of their size. */
    List<Picture> translate(List<Picture> pictures);
}
