package dev.cyclestream.trainer.cli;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.DataSetFolder;
import dev.cyclestream.trainer.data.InvalidDataException;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.domain.PerDirection;
import dev.cyclestream.trainer.evaluation.CycleErrors;
import dev.cyclestream.trainer.evaluation.NetworkTranslator;
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
import java.util.Optional;
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
            try (TrainableNetwork aToB = saved.generator(Direction.A_TO_B, manager);
                    TrainableNetwork bToA = saved.generator(Direction.B_TO_A, manager)) {
                export(description, Direction.A_TO_B, new PerDirection<>(aToB, bToA), manager);
                export(description, Direction.B_TO_A, new PerDirection<>(aToB, bToA), manager);
            }
        }
        return 0;
    }

    private void export(
            RunDescription description,
            Direction direction,
            PerDirection<TrainableNetwork> generators,
            NDManager manager)
            throws IOException {
        Path file = output.path().resolve(direction.fileName());
        Optional<CycleErrors> cycleErrors = cycleErrors(description, direction, generators, manager);
        List<Parity> parity = new CheckpointExport(manager)
                .write(file, generators.of(direction), metadata(description, direction, cycleErrors));
        System.out.println(file + ": agrees with the trained network in ONNX Runtime");
        parity.forEach(row -> System.out.printf(
                "  batch %d, %3d x %-3d  at most %d of 255 off, %.4f on average%n",
                row.batch(), row.height(), row.width(), row.largestDifference(), row.meanDifference()));
        cycleErrors.ifPresent(errors -> System.out.printf(
                "  of %d held-out pictures half come back to within %.4f, 95 %% to within %.4f%n",
                errors.pictures(),
                errors.quantiles().get(2),
                errors.quantiles().get(errors.quantiles().size() - 1)));
    }

    /** The cycle errors of the test pictures, where the data set is still there and has some. */
    private static Optional<CycleErrors> cycleErrors(
            RunDescription description,
            Direction direction,
            PerDirection<TrainableNetwork> generators,
            NDManager manager)
            throws IOException {
        Augmentation augmentation = description.settings().images().augmentation();
        DataSetFolder data = new DataSetFolder(Path.of(description.dataSet()));
        try {
            return CycleErrors.measure(
                    data.testPictures(direction.source(), augmentation),
                    augmentation,
                    new NetworkTranslator(generators.of(direction), manager),
                    new NetworkTranslator(generators.of(direction.opposite()), manager));
        } catch (InvalidDataException e) {
            System.err.println("no cycle errors are measured: " + e.getMessage());
            return Optional.empty();
        }
    }

    private CheckpointMetadata metadata(
            RunDescription description, Direction direction, Optional<CycleErrors> cycleErrors) throws IOException {
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
                        ToolVersion.current()),
                cycleErrors);
    }
}
