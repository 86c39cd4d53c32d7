package dev.cyclestream.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.trainer.loop.TrainingSettings.Optimization;
import dev.cyclestream.trainer.optimizer.Adam;
import dev.cyclestream.trainer.optimizer.LearningRateSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run's folder says of the run, and with which settings it goes on. */
class RunFolderTest {

    @TempDir
    private Path folder;

    @Test
    void otherSettingsAreRefusedByTheNameOfTheOption() throws IOException {
        RunFolder run = begin(TinySettings.SETTINGS);
        run.requireSame(description(TinySettings.SETTINGS));
        assertThatThrownBy(() -> run.requireSame(description(TinySettings.settings(2))))
                .isInstanceOf(InvalidRunException.class)
                .hasMessageEndingWith("cannot be resumed with other settings: --seed: expected 1, found 2");
    }

    @Test
    void runWhoseLearningRatesDoNotDependOnItsLengthMayGrow() throws IOException {
        TrainingSettings constant = new TrainingSettings(
                TinySettings.SETTINGS.architecture(),
                TinySettings.SETTINGS.objective(),
                new Optimization(Adam.Betas.ofPaper(), LearningRateSchedule.constant(2e-4), 0.9),
                TinySettings.SETTINGS.images(),
                TinySettings.SETTINGS.seed(),
                List.of(),
                TinySettings.STEPS);
        RunFolder run = begin(constant);
        run.requireSame(description(constant.withSteps(2 * TinySettings.STEPS)));
        assertThat(run.description().settings().steps()).isEqualTo(TinySettings.STEPS);
    }

    @Test
    void descriptionOfARunThatKnewNoStartingPointIsRead() throws IOException {
        RunFolder run = begin(TinySettings.SETTINGS);
        drop(run, "\\s*\"startedFrom\": \\[],");
        assertThat(run.description().settings()).isEqualTo(TinySettings.SETTINGS);
        run.requireSame(description(TinySettings.SETTINGS));
    }

    @Test
    void runThatKnewNoDomainClassificationHasNone() throws IOException {
        RunFolder run = begin(TinySettings.SETTINGS);
        drop(run, ",\\s*\"domain\": 0.5");
        assertThat(run.description().settings().objective().classifiesDomains()).isFalse();
    }

    @Test
    void runThatKnewNoTotalVariationHasNone() throws IOException {
        RunFolder run = begin(TinySettings.SETTINGS);
        drop(run, "\\s*\"totalVariation\": \\{[^}]*},");
        assertThat(run.description().settings().objective().smooths()).isFalse();
    }

    @Test
    void folderWithoutARunIsNamed() {
        assertThatThrownBy(() -> new RunFolder(folder).description())
                .isInstanceOf(InvalidRunException.class)
                .hasMessageEndingWith("expected the folder of a training run, found no run.json");
    }

    private static RunDescription description(TrainingSettings settings) {
        Map<String, String> options =
                Map.of("--seed", Long.toString(settings.seed().value()));
        return new RunDescription("id", "test", "data", "fingerprint", 5, 0, options, settings);
    }

    /** As a version of the trainer wrote the run that did not know the setting yet. */
    private static void drop(RunFolder run, String setting) throws IOException {
        Path file = run.path().resolve("run.json");
        String written = Files.readString(file);
        String older = written.replaceFirst(setting, "");
        assertThat(older).isNotEqualTo(written);
        Files.writeString(file, older);
    }

    private RunFolder begin(TrainingSettings settings) throws IOException {
        RunFolder run = new RunFolder(folder.resolve("run"));
        run.describe(description(settings));
        return run;
    }
}
