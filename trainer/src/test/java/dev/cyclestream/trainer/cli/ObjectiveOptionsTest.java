package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.AdversarialLoss;
import dev.cyclestream.trainer.loss.LossTerms;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.loss.PixelDistance;
import dev.cyclestream.trainer.loss.Weights;
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
        Weights weights = Weights.PAPER
                .with(LossTerms.ADVERSARIAL, PerDomain.both(2.0))
                .with(LossTerms.CYCLE, new PerDomain<>(4.0, 1.0))
                .with(LossTerms.IDENTITY, new PerDomain<>(3.0, 5.0))
                .with(LossTerms.TOTAL_VARIATION, new PerDomain<>(0.5, 0.2))
                .with(LossTerms.DOMAIN, PerDomain.both(0.25));
        assertThat(objective).isEqualTo(new Objective(AdversarialLoss.LOG, PixelDistance.L2, weights, 0.1));
    }

    @Test
    void everyTermOfTheGeneratorsHasAFlag() {
        CommandLine command = new CommandLine(new Command());
        assertThat(LossTerms.OF_GENERATORS)
                .allSatisfy(term -> assertThat(command.getCommandSpec().findOption(term.flag()))
                        .isNotNull());
    }

    private static Objective objective(String... arguments) {
        Command command = new Command();
        new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return command.options.objective();
    }

    @CommandLine.Command
    private static final class Command {
        @CommandLine.Mixin
        private ObjectiveOptions options;
    }
}
