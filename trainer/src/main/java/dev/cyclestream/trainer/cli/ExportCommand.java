package dev.cyclestream.trainer.cli;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.onnx.CheckpointExport;
import dev.cyclestream.trainer.onnx.CheckpointMetadata;
import dev.cyclestream.trainer.onnx.Parity;
import dev.cyclestream.trainer.onnx.Precision;
import dev.cyclestream.trainer.pytorch.PyTorch;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import dev.cyclestream.trainer.run.RunDescription;
import dev.cyclestream.trainer.run.RunFolder;
import dev.cyclestream.trainer.run.SavedState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = "Writes both generators of a run as checkpoints: a-to-b.onnx and b-to-a.onnx.",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        sortOptions = false,
        showDefaultValues = true)
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private SavedStateOptions saved;

    @Option(names = "--output", required = true, description = "Folder to write the checkpoints to.")
    private OutputFolder output;

    @Option(names = "--domain-a", defaultValue = "A", description = "Name of domain A, for people.")
    private DomainName domainA;

    @Option(names = "--domain-b", defaultValue = "B", description = "Name of domain B, for people.")
    private DomainName domainB;

    @Option(
            names = "--precision",
            defaultValue = "float32",
            description = "Type of the weights: ${COMPLETION-CANDIDATES}. The second is half the size.")
    private Precision precision;

    @Override
    public Integer call() throws IOException {
        RunDescription description = saved.run().description();
        DataFolders.requireApart(Path.of(description.dataSet()), output);
        try (NDManager manager = PyTorch.newManager()) {
            export(description, Direction.A_TO_B, manager);
            export(description, Direction.B_TO_A, manager);
        }
        return 0;
    }

    private void export(RunDescription description, Direction direction, NDManager manager) throws IOException {
        Path file = output.path().resolve(direction.fileName());
        try (TrainableNetwork generator = saved.generator(direction, manager)) {
            List<Parity> parity =
                    new CheckpointExport(manager).write(file, generator, metadata(description, direction));
            System.out.println(file + ": agrees with the trained network in ONNX Runtime");
            parity.forEach(row -> System.out.printf(
                    "  batch %d, %3d x %-3d  at most %d of 255 off, %.4f on average%n",
                    row.batch(), row.height(), row.width(), row.largestDifference(), row.meanDifference()));
        }
    }

    private CheckpointMetadata metadata(RunDescription description, Direction direction) throws IOException {
        List<Long> steps = new ArrayList<>();
        Set<String> runIds = new LinkedHashSet<>();
        for (SavedState state : saved.states()) {
            steps.add(state.allSteps());
            runIds.add(state.description().runId());
        }
        Collections.sort(steps);
        return new CheckpointMetadata(
                direction,
                new CheckpointMetadata.Domains(domainA.value(), domainB.value()),
                description.settings().architecture().generator().name(),
                precision,
                description.settings().images().augmentation().cropSize(),
                new CheckpointMetadata.Training(
                        description.runId(),
                        List.copyOf(runIds),
                        steps.get(steps.size() - 1) / description.epochLength(),
                        steps,
                        RunFolder.toJson(description.settings()),
                        description.dataSetFingerprint(),
                        ToolVersion.current()));
    }
}
