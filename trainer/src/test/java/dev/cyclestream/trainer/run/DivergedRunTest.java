package dev.cyclestream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.model.TinySettings;
import dev.cyclestream.trainer.model.TrainingDivergedException;
import dev.cyclestream.trainer.model.TrainingState;
import dev.cyclestream.trainer.pytorch.PyTorch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States whose weights are no numbers any more, as a version that did not look could save them. */
class DivergedRunTest {

    private static final String COMPLAINT = "g_ab.npz: expected finite numbers, found others in conv_00.weight";

    @TempDir
    private Path folder;

    private final NDManager manager = PyTorch.newManager();
    private RunFolder run;
    private SavedState state;

    @BeforeEach
    void saveAStateOfNaN() throws IOException {
        run = new RunFolder(folder);
        run.describe(new RunDescription("id", "test", "data", "fingerprint", 5, 0, Map.of(), TinySettings.SETTINGS));
        try (TrainingState initial = TrainingState.of(TinySettings.SETTINGS, Map.of(), 0, manager)) {
            initial.requireFinite();
            initial.networks().get("g_ab").parameters().get(0).muli(Float.NaN);
            run.states().save(initial, 1);
            assertThatThrownBy(initial::requireFinite)
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessage("step 0: the weights of g_ab are no finite numbers");
        }
        state = run.states().newest().orElseThrow();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void itsGeneratorIsNotExported() {
        assertThatThrownBy(() -> run.generator(List.of(state), Direction.A_TO_B, false, manager))
                .isInstanceOf(InvalidRunException.class)
                .hasMessage(state.folder().resolve(COMPLAINT).toString());
        assertThatCode(() -> run.generator(List.of(state), Direction.B_TO_A, false, manager)
                        .close())
                .doesNotThrowAnyException();
    }

    @Test
    void runDoesNotGoOnFromIt() {
        assertThatThrownBy(() -> state.read(TinySettings.SETTINGS, manager))
                .isInstanceOf(InvalidRunException.class)
                .hasMessage(state.folder().resolve(COMPLAINT).toString());
    }

    @Test
    void noRunStartsFromIt() {
        assertThatThrownBy(() -> new StartingPoint(state.folder()).require(TinySettings.SETTINGS.architecture()))
                .isInstanceOf(InvalidRunException.class)
                .hasMessage(state.folder().resolve(COMPLAINT).toString());
    }

    @Test
    void fileOfArraysThatIsAnotherIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("x.npz"), "no arrays");
        assertThatThrownBy(() -> ArrayFile.read(file, manager))
                .isInstanceOf(InvalidRunException.class)
                .hasMessageStartingWith(file + ": expected a file of arrays, found another: ");
        try (NDArray whole = manager.ones(new Shape(2))) {
            ArrayFile.write(file, Map.of("x", whole));
        }
        assertThat(ArrayFile.read(file, manager)).containsKey("x");
    }
}
