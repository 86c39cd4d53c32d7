package dev.cyclestream.trainer.loss;

/** The forms that a run chose where a term has several. */
interface LossForms {

    /** The form in which patch scores are judged. */
    AdversarialLoss adversarialLoss();

    /** The form in which reconstructions are judged. */
    PixelDistance cycleLoss();
}
