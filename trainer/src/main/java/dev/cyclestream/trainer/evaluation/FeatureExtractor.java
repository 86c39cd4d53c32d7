package dev.cyclestream.trainer.evaluation;

import dev.cyclestream.picture.Picture;
import java.util.List;

/** A function from pictures to numbers whose distribution can be compared. */
public interface FeatureExtractor {

    /** One row of features for each picture, all of one length. */
    List<double[]> features(List<Picture> pictures);
}
