package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.trainer.loss.AdversarialLoss;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.loss.Objective.PerDomain;
import dev.cyclestream.trainer.loss.Objective.Weights;
import dev.cyclestream.trainer.loss.PixelDistance;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ObjectiveOptionsTest {

    @Test
    void trainsAsThePaperDoesIfNothingIsSaid() {
        assertThat(objective()).isEqualTo(Objective.ofPaper());
    }

    @Test
    void weightOfOneDomainGoesBeforeThatOfBoth() {
        Objective objective = objective(
                "--adversarial-loss=log",
                "--adversarial-weight=2",
                "--cycle-loss=l2",
                "--cycle-noise=0.1",
                "--cycle-weight=4",
                "--cycle-weight-b=1",
                "--identity-weight-a=3",
                "--total-variation-weight=0.5",
                "--total-variation-weight-b=0.2",
                "--domain-weight=0.25");
        Weights weights = new Weights(2, new PerDomain(4, 1), new PerDomain(3, 5), new PerDomain(0.5, 0.2), 0.25);
        assertThat(objective).isEqualTo(new Objective(AdversarialLoss.LOG, PixelDistance.L2, weights, 0.1));
    }

    private static Objective objective(String... arguments) {
        ObjectiveOptions options = new ObjectiveOptions();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return options.objective();
    }
}
