package dev.cyclestream.trainer.evaluation;

import dev.cyclestream.picture.Picture;
import dev.cyclestream.picture.PictureDistance;
import java.util.Optional;

/**
 * A test image and what became of it.
 *
 * @param name its path below its folder, without the ending
 * @param input the image
 * @param translated what the generator made of it
 * @param returned what the other generator made of that
 * @param truth the image of the same name in the target domain, if there is one
 * @param domainScore probability that the translation is of the target domain
 */
public record Translation(
        String name, Picture input, Picture translated, Picture returned, Optional<Picture> truth, double domainScore) {

    /** The rank of the translation: SSIM to the ground truth, or else the domain score. */
    public double rank() {
        return truth.map(picture -> PictureDistance.ssim(translated, picture)).orElse(domainScore);
    }
}
