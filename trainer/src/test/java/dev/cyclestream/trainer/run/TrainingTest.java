package dev.cyclestream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.data.DataSetFolder;
import dev.cyclestream.trainer.data.PictureFile;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.model.AveragedGenerators;
import dev.cyclestream.trainer.model.CycleGan;
import dev.cyclestream.trainer.model.DomainClassification;
import dev.cyclestream.trainer.model.TinySettings;
import dev.cyclestream.trainer.model.TrainingSettings;
import dev.cyclestream.trainer.model.TrainingState;
import dev.cyclestream.trainer.pytorch.PyTorch;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a tiny model on random pictures. */
class TrainingTest {

    @TempDir
    private Path folder;

    private final NDManager manager = PyTorch.newManager();
    private DataSet data;

    @BeforeEach
    void writePictures() throws IOException {
        Random random = new Random(4);
        for (String domain : new String[] {"trainA", "trainB", "testA"}) {
            for (int index = 0; index < 5; index++) {
                BufferedImage image = new BufferedImage(36, 36, BufferedImage.TYPE_INT_RGB);
                for (int i = 0; i < 36 * 36; i++) {
                    image.setRGB(i % 36, i / 36, random.nextInt());
                }
                PictureFile.writePng(folder.resolve(domain).resolve(index + ".png"), image);
            }
        }
        data = new DataSetFolder(folder)
                .openForTraining(TinySettings.SETTINGS.images().augmentation(), 8, Integer.MAX_VALUE);
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void runLeavesLossesSamplesAndWholeStates() throws IOException {
        RunFolder run = begin("run", TinySettings.SETTINGS);
        train(run, 2, new RecordedProgress());
        assertThat(Files.readAllLines(run.path().resolve("metrics.csv")))
                .hasSize(1 + TinySettings.STEPS)
                .first()
                .asString()
                .startsWith("step,learning_rate,adversarial_ab,adversarial_ba,cycle_a");
        assertThat(run.path().resolve("samples/step-00000006.png")).isNotEmptyFile();
        assertThat(run.path().resolve("states"))
                .isDirectoryContaining("glob:**step-00000004")
                .isDirectoryContaining("glob:**step-00000006")
                .isDirectoryNotContaining("glob:**step-00000002") // only two are kept
                .isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void stoppedAndResumedRunLearnsTheSameWeightsToTheBit() throws IOException {
        RunFolder straight = begin("straight", TinySettings.SETTINGS);
        train(straight, TinySettings.STEPS, new RecordedProgress());
        RunFolder resumed = begin("resumed", TinySettings.SETTINGS);
        assertThatThrownBy(() -> train(resumed, 2, new RecordedProgress.StopsAfter(5)))
                .hasMessage("pulled the plug");
        assertThat(resumed.states().newest().orElseThrow().steps()).isEqualTo(4);
        RecordedProgress recorder = new RecordedProgress();
        train(resumed, 2, recorder);
        assertThat(recorder.startedAt()).isEqualTo(4);
        assertSameWeights(straight, resumed);
        assertThat(Files.readString(resumed.path().resolve("metrics.csv")))
                .isEqualTo(Files.readString(straight.path().resolve("metrics.csv")));
    }

    @Test
    void runOfAnEarlierVersionGoesOnInTheFolderThatItsStatesAreIn() throws IOException {
        RunFolder straight = begin("straight", TinySettings.SETTINGS);
        train(straight, TinySettings.STEPS, new RecordedProgress());
        RunFolder earlier = begin("earlier", TinySettings.SETTINGS);
        assertThatThrownBy(() -> train(earlier, 2, new RecordedProgress.StopsAfter(5)))
                .hasMessage("pulled the plug");
        Path checkpoints = earlier.path().resolve("checkpoints");
        Files.move(earlier.path().resolve("states"), checkpoints);
        RecordedProgress recorder = new RecordedProgress();
        train(earlier, 2, recorder);
        assertThat(recorder.startedAt()).isEqualTo(4);
        assertSameWeights(straight, earlier);
        assertThat(checkpoints.resolve("step-00000006")).isDirectory();
        assertThat(earlier.path().resolve("states")).doesNotExist();
    }

    @Test
    void checkpointsThatWereExportedIntoTheFolderOfARunAreNoStates() throws IOException {
        RunFolder run = begin("run", TinySettings.SETTINGS);
        Path checkpoints = Files.createDirectory(run.path().resolve("checkpoints"));
        Files.writeString(checkpoints.resolve("a-to-b.onnx"), "a generator");
        train(run, TinySettings.STEPS, new RecordedProgress());
        assertThat(run.path().resolve("states/step-00000006")).isDirectory();
        assertThat(checkpoints).isDirectoryNotContaining("glob:**step-*");
    }

    @Test
    void generatorOfSeveralStatesHasTheMeanOfTheirWeights() throws IOException {
        RunFolder run = begin("run", TinySettings.SETTINGS);
        train(run, 2, new RecordedProgress());
        List<SavedState> states = run.states().named(names("4", "6"));
        String name = "conv_00.weight";
        float[] mean = states.get(0)
                .weights("g_ba_average", manager)
                .get(name)
                .add(states.get(1).weights("g_ba_average", manager).get(name))
                .toFloatArray();
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= 2;
        }
        try (TrainableNetwork generator = run.generator(states, Direction.B_TO_A, true, manager)) {
            assertThat(generator.weights().get(name).toFloatArray()).containsExactly(mean, within(1e-7f));
        }
        try (TrainableNetwork generator = run.generator(states.subList(0, 1), Direction.A_TO_B, false, manager)) {
            assertThat(generator.weights().get(name).toFloatArray())
                    .isEqualTo(states.get(0).weights("g_ab", manager).get(name).toFloatArray());
        }
        assertThat(run.states().named(names("6", states.get(0).folder().toString())))
                .containsExactly(states.get(1), states.get(0));
        assertThatThrownBy(() -> run.states().named(names("6", "5")))
                .isInstanceOf(InvalidRunException.class)
                .hasMessageEndingWith("expected a saved state: newest, best, or one of the steps [4, 6]; found 5");
    }

    @Test
    void mirroringIsWarnedOfWhereLightComesFromOneSide() throws IOException {
        for (int index = 0; index < 30; index++) {
            BufferedImage lit = new BufferedImage(36, 36, BufferedImage.TYPE_INT_RGB);
            lit.getGraphics().fillRect(18, 0, 18, 36);
            lit.setRGB(index % 18, 0, 0xFF0000);
            PictureFile.writePng(folder.resolve("trainB/lit-" + index + ".png"), lit);
        }
        data = new DataSetFolder(folder)
                .openForTraining(TinySettings.SETTINGS.images().augmentation(), 8, Integer.MAX_VALUE);
        RunFolder run = begin("run", TinySettings.SETTINGS);
        RecordedProgress recorder = new RecordedProgress();
        train(run, TinySettings.STEPS, recorder);
        assertThat(recorder.warnings())
                .filteredOn(warning -> warning.contains("mirroring"))
                .singleElement()
                .asString()
                .matches(
                        "step 0: pictures of trainB are brighter on the right, by 2\\d\\d\\.\\d of 255 on average, .*");
        assertThat(Files.readString(run.path().resolve("report.html"))).contains("consider --no-flip");
    }

    @Test
    void anotherSeedLearnsOtherWeights() throws IOException {
        RunFolder one = begin("one", TinySettings.SETTINGS);
        RunFolder other = begin("other", TinySettings.settings(2));
        train(one, TinySettings.STEPS, new RecordedProgress());
        new Training(
                        other,
                        data,
                        Optional.empty(),
                        new Training.Rhythm(TinySettings.STEPS, TinySettings.STEPS, 1, 2),
                        new RecordedProgress(),
                        Optional.empty())
                .run(manager, () -> false);
        assertThatThrownBy(() -> assertSameWeights(one, other)).isInstanceOf(AssertionError.class);
    }

    @Test
    void stepsLeaveNoNativeMemoryBehind() throws IOException {
        try (TrainingState state = TrainingState.of(TinySettings.SETTINGS, Map.of(), 0, manager)) {
            int[] arrays = new int[4];
            for (int round = 0; round < arrays.length; round++) {
                try (NDManager scope = manager.newSubManager()) {
                    NDArray image = scope.ones(new ai.djl.ndarray.types.Shape(1, 3, 32, 32));
                    state.step().run(image, image.mul(-1), 1e-4, new Random(round));
                }
                arrays[round] = arraysOf(state);
            }
            // The pools grow by one image each a step until they are full, after two steps here.
            assertThat(arrays[3]).isEqualTo(arrays[2]).isEqualTo(arrays[1]);
        }
    }

    @Test
    void wishToStopSavesAfterTheStepAndTheRunGoesOnToTheSameEnd() throws IOException {
        RunFolder straight = begin("straight", TinySettings.SETTINGS);
        train(straight, TinySettings.STEPS, new RecordedProgress());
        RunFolder stopped = begin("stopped", TinySettings.SETTINGS);
        Training training = new Training(
                stopped,
                data,
                Optional.empty(),
                new Training.Rhythm(TinySettings.STEPS, TinySettings.STEPS, 1, 2),
                new RecordedProgress(),
                Optional.empty());
        Iterator<Boolean> wishes = List.of(false, false, true).iterator();
        assertThat(training.run(manager, wishes::next)).isEqualTo(3);
        assertThat(stopped.states().newest().orElseThrow().steps()).isEqualTo(3);
        assertThat(training.run(manager, () -> false)).isEqualTo(TinySettings.STEPS);
        assertSameWeights(straight, stopped);
    }

    @Test
    void damagedStateIsNamedBeforeAnythingIsLearnedFromIt() throws IOException {
        RunFolder run = begin("run", TinySettings.SETTINGS);
        train(run, TinySettings.STEPS, new RecordedProgress());
        Path file = run.states().newest().orElseThrow().file("d_a");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> train(run, TinySettings.STEPS, new RecordedProgress()))
                .isInstanceOf(InvalidRunException.class)
                .hasMessageContaining("d_a.npz: is damaged: expected SHA-256 ");
        assertThatThrownBy(() -> run.states().named(names(SavedStates.NEWEST)))
                .isInstanceOf(InvalidRunException.class)
                .hasMessageContaining("d_a.npz: is damaged: expected SHA-256 ")
                .hasMessageEndingWith(
                        " once the folder step-00000006 is removed, its run goes on from the state before");
    }

    private int arraysOf(TrainingState state) {
        int weights = state.networks().values().stream()
                .mapToInt(network -> network.parameters()
                        .get(0)
                        .getManager()
                        .getManagedArrays()
                        .size())
                .sum();
        return weights + manager.getManagedArrays().size();
    }

    private RunDescription description(TrainingSettings settings) throws IOException {
        Map<String, String> options =
                Map.of("--seed", Long.toString(settings.seed().value()));
        return new RunDescription("id", "test", folder.toString(), data.fingerprint(), 5, 0, options, settings);
    }

    private static List<StateName> names(String... names) {
        return Stream.of(names).map(StateName::new).toList();
    }

    private RunFolder begin(String name, TrainingSettings settings) throws IOException {
        RunFolder run = new RunFolder(folder.resolve(name));
        run.describe(description(settings));
        return run;
    }

    private void train(RunFolder run, long saveEvery, TrainingProgress progress) throws IOException {
        new Training(run, data, Optional.empty(), new Training.Rhythm(3, saveEvery, 2, 2), progress, Optional.empty())
                .run(manager, () -> false);
    }

    private void assertSameWeights(RunFolder left, RunFolder right) throws IOException {
        List<String> names = new ArrayList<>(CycleGan.NAMES);
        names.addAll(AveragedGenerators.NAMES);
        names.add(DomainClassification.NAME);
        names.addAll(List.of("adam_generators", "adam_discriminators", "adam_domain_classifier", "pool_a", "pool_b"));
        for (String file : names) {
            Map<String, NDArray> expected = left.states().newest().orElseThrow().weights(file, manager);
            Map<String, NDArray> found = right.states().newest().orElseThrow().weights(file, manager);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach((name, array) -> assertThat(found.get(name).toFloatArray())
                    .as("%s %s", file, name)
                    .isEqualTo(array.toFloatArray()));
        }
    }
}
