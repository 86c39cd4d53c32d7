package dev.cyclestream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.LossTerms;
import dev.cyclestream.trainer.model.LearningRateSchedule;
import dev.cyclestream.trainer.model.TinySettings;
import dev.cyclestream.trainer.model.TrainingSettings;
import dev.cyclestream.trainer.model.TrainingSettings.Optimization;
import dev.cyclestream.trainer.pytorch.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(run.description().settings().objective().weights().of(LossTerms.TOTAL_VARIATION))
                .isEqualTo(PerDomain.both(0.0));
    }

    @Test
    void weightsAreWrittenAsEarlierVersionsWroteThem() {
        assertThat(RunFolder.toJson(TinySettings.SETTINGS))
                .contains("\"weights\":{\"adversarial\":1.0,\"cycle\":{\"a\":10.0,\"b\":10.0},"
                        + "\"identity\":{\"a\":5.0,\"b\":5.0},\"totalVariation\":{\"a\":0.5,\"b\":0.5},\"domain\":0.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"cycle\": \\{[^}]*},||expected a weight cycle, found none",
                "\"cycle\": \\{\\s*\"a\": 10.0,|\"cycle\": {|expected a weight cycle.a, found none",
                "\"adversarial\": 1.0|\"adversarial\": -1.0|adversarial weight: expected 0 or more, found -1.0"
            })
    void weightThatIsMissingOrNegativeIsNamed(String value, String other, String complaint) throws IOException {
        RunFolder run = begin(TinySettings.SETTINGS);
        Path file = run.path().resolve("run.json");
        String written = Files.readString(file);
        Files.writeString(file, written.replaceFirst(value, other == null ? "" : other));
        assertThat(file).content().isNotEqualTo(written);
        assertThatThrownBy(run::description)
                .isInstanceOf(InvalidRunException.class)
                .hasMessageStartingWith(file + ": is not what this version of the trainer writes: ")
                .hasMessageEndingWith(complaint);
    }

    @Test
    void folderWithoutARunIsNamed() {
        assertThatThrownBy(() -> new RunFolder(folder).description())
                .isInstanceOf(InvalidRunException.class)
                .hasMessageEndingWith("expected the folder of a training run, found no run.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|expected text, found an empty file",
                "` `|expected text, found an empty file",
                "null|is not what this version of the trainer writes: expected values, found none that is known",
                "{}|is not what this version of the trainer writes: ",
                "[]|is not what this version of the trainer writes: ",
                "PNG|is not what this version of the trainer writes: ",
                "{\"runId\": {}}|is not what this version of the trainer writes: "
            })
    void otherThanADescriptionIsRefusedByTheNameOfTheFile(String written, String complaint) throws IOException {
        RunFolder run = begin(TinySettings.SETTINGS);
        Path file = Files.writeString(run.path().resolve("run.json"), written);
        assertThatThrownBy(run::description)
                .isInstanceOf(InvalidRunException.class)
                .hasMessageStartingWith(file + ": " + complaint)
                .message()
                .hasLineCount(1);
    }

    @Test
    void descriptionThatWasCutOffAnywhereIsRefusedByTheNameOfTheFile() throws IOException {
        RunFolder run = begin(TinySettings.SETTINGS);
        Path file = run.path().resolve("run.json");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 2; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(run::description)
                    .as("%d bytes", length)
                    .isInstanceOf(InvalidRunException.class)
                    .hasMessageStartingWith(file + ": ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"runId\": \"id\",||runId",
                "\"blocks\": 1|\"blocks\": null|blocks",
                "\"upsampling\": \"[^\"]*\"|\"upsampling\": \"BY_HAND\"|settings.architecture.generator.upsampling",
                "\"filters\": 2|\"filters\": \"two\"|For input string: \"two\"",
                "\"epochLength\": 5|\"epochLength\": 0|epochLength: expected at least 1, found 0",
                "\"--seed\": \"1\"|\"--seed\": null|options.--seed",
                "\"batchSize\": 2|\"batchSize\": 0|batch size: expected at least 1, found 0"
            })
    void valueThatIsMissingOrOfAnotherKindIsNamed(String value, String other, String complaint) throws IOException {
        RunFolder run = begin(TinySettings.SETTINGS);
        Path file = run.path().resolve("run.json");
        String written = Files.readString(file);
        Files.writeString(file, written.replaceFirst(value, other == null ? "" : other));
        assertThat(file).content().isNotEqualTo(written);
        assertThatThrownBy(run::description)
                .isInstanceOf(InvalidRunException.class)
                .hasMessageStartingWith(file + ": is not what this version of the trainer writes: ")
                .hasMessageContaining(complaint)
                .message()
                .hasLineCount(1);
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
