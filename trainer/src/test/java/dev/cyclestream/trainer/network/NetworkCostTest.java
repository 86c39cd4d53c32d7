package dev.cyclestream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The numbers are those of the authors' PyTorch code. */
class NetworkCostTest {

    @Test
    void generatorOfNineBlocksHasThePapersParametersAndOperations() {
        NetworkCost cost = NetworkCost.of(ResnetGenerator.ofPaper(64, 9).network(), 256, 256);
        assertThat(cost.parameters()).isEqualTo(11_378_179);
        assertThat(cost.multiplyAdds() / 1e9).isBetween(49.545, 49.555);
    }

    @Test
    void generatorOfSixBlocksHasThePapersParameters() {
        assertThat(NetworkCost.of(ResnetGenerator.ofPaper(64, 6).network(), 128, 128)
                        .parameters())
                .isEqualTo(7_837_699);
    }

    @Test
    void discriminatorHasThePapersParameters() {
        Network discriminator = new PatchDiscriminator(64, PatchDiscriminator.PAPER_LAYERS).network();
        assertThat(NetworkCost.of(discriminator, 256, 256).parameters()).isEqualTo(2_764_737);
    }

    @Test
    void blocksFollowTheSizeOfTheImages() {
        assertThat(ResnetGenerator.blocksForSize(128)).isEqualTo(6);
        assertThat(ResnetGenerator.blocksForSize(132)).isEqualTo(9);
    }

    @Test
    void networksOfNoSizeAreRefused() {
        assertThatThrownBy(() -> ResnetGenerator.ofPaper(0, 9)).hasMessage("filters: expected at least 1, found 0");
        assertThatThrownBy(() -> ResnetGenerator.ofPaper(64, 0)).hasMessage("blocks: expected at least 1, found 0");
    }
}
