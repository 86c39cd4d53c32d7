package dev.cyclestream.verification;

import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.storage.ReferenceRejectedException;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.verification.Verdict.Obstacle;
import java.nio.ByteBuffer;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An output and all that it takes to make it again.
 *
 * @param input the image that it says it was made from
 * @param translator that it says made it
 */
record RemadeOutput(ClaimedOutput output, CollectedImage input, ImageTranslator translator) {

    /** Makes it again, and holds what is there against that. */
    Verdict verdict(ImageStores stores) {
        Provenance by = output.provenance();
        String inputSha256 = DigestUtils.sha256Hex(input.toBytes());
        if (!inputSha256.equals(by.getInputSha256())) {
            return by.getSourceTopicId() == null // then nobody can say whether it is the same topic
                    ? new Verdict.NotChecked(Obstacle.TOPIC_MADE_ANEW)
                    : new Verdict.Different(
                            "one of the input with SHA-256 " + inputSha256, "one of " + by.getInputSha256());
        }
        String found;
        try {
            found = DigestUtils.sha256Hex(bytes(stores));
        } catch (ReferenceRejectedException e) {
            return e.reason() == ReferenceRejectedException.Reason.REFERENCE_MISMATCH
                    ? new Verdict.Different(made(), "a stored image that is another: " + e.getMessage())
                    : new Verdict.NotChecked(Obstacle.REFERENCE_GONE);
        }
        String expected = made();
        if (!found.equals(expected)) {
            return new Verdict.Different(expected, found);
        }
        return expected.equals(by.getOutputSha256())
                ? new Verdict.Equal()
                : new Verdict.Different(expected, by.getOutputSha256() + " in its provenance");
    }

    private byte[] bytes(ImageStores stores) {
        if (output.image().getImage() instanceof ImageReference reference) {
            return stores.read(reference.getUri(), reference.getSize(), reference.getSha256());
        }
        ByteBuffer image = ((ByteBuffer) output.image().getImage()).duplicate();
        byte[] bytes = new byte[image.remaining()];
        image.get(bytes);
        return bytes;
    }

    /** The SHA-256 of what is made now. */
    private String made() {
        try {
            return DigestUtils.sha256Hex(translator.translate(input.toBytes()).toBytes());
        } catch (ImageRejectedException e) {
            return "none, since the input is refused: " + e.getMessage();
        }
    }
}
