package dev.cyclestream.trainer.evaluation;

import dev.cyclestream.picture.Picture;
import java.util.List;

/** What turns a picture into numbers whose distribution can be compared. */
public interface FeatureExtractor {

    /** One row of features for each picture, all of one length. */
    List<double[]> features(List<Picture> pictures);
}
