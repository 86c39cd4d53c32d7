package dev.cyclestream.trainer.cli;

import ai.djl.ndarray.NDManager;
import com.google.gson.GsonBuilder;
import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.InputFolder;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.option.Range;
import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.data.DataSetFolder;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.evaluation.Evaluation;
import dev.cyclestream.trainer.evaluation.Evaluation.Brackets;
import dev.cyclestream.trainer.evaluation.Evaluator;
import dev.cyclestream.trainer.evaluation.FeatureExtractor;
import dev.cyclestream.trainer.evaluation.Figure;
import dev.cyclestream.trainer.evaluation.NetworkTranslator;
import dev.cyclestream.trainer.onnx.CheckpointTranslator;
import dev.cyclestream.trainer.onnx.OnnxFeatureExtractor;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import dev.cyclestream.trainer.report.TranslationSheet;
import dev.cyclestream.trainer.run.RunDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        description = {
            "Judges both generators on testA and testB: of a run, or two checkpoints.",
            "Where names in testA and testB match, translations are compared with the image of the same name."
        },
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        sortOptions = false,
        showDefaultValues = true)
final class EvaluateCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private Generators generators;

    @Option(names = "--data", description = "Folder with testA, testB, trainA and trainB. Default: the run's.")
    private Optional<InputFolder> data;

    @Option(names = "--output", required = true, description = "Folder for evaluation.json and the pictures.")
    private OutputFolder output;

    @Option(names = "--seed", defaultValue = "1", description = "Of the classifier that tells the domains apart.")
    private long seed;

    @Option(
            names = "--features",
            description =
                    "A network in ONNX whose features are compared, too: FID and KID. Input float32 [N, 3, H, W] in"
                            + " [-1, 1] or uint8 [N, H, W, 3].")
    private Optional<InputFile> features;

    @Mixin
    private MachineOptions machine;

    /** The generators that are judged. */
    private static final class Generators {

        @ArgGroup(exclusive = false)
        private SavedStateOptions run;

        @ArgGroup(exclusive = false)
        private Checkpoints checkpoints;
    }

    private static final class Checkpoints {

        @Option(names = "--a-to-b", required = true, description = "Checkpoint of the direction A to B.")
        private InputFile aToB;

        @Option(names = "--b-to-a", required = true, description = "Checkpoint of the direction B to A.")
        private InputFile bToA;

        @Option(names = "--size", defaultValue = "256", description = "Side that pictures are resized to.")
        @Range(from = "16", to = "4096", multipleOf = 4)
        private int size;
    }

    @Override
    public Integer call() throws IOException {
        try (NDManager manager = machine.newManager()) {
            Evaluator.Result result = generators.run != null
                    ? evaluateRun(generators.run, manager)
                    : evaluate(generators.checkpoints, manager);
            write(result);
            print(result.evaluation());
        }
        return 0;
    }

    private Evaluator.Result evaluateRun(SavedStateOptions saved, NDManager manager) throws IOException {
        RunDescription description = saved.run().description();
        Path root = data.map(InputFolder::path).orElseGet(() -> Path.of(description.dataSet()));
        Augmentation augmentation = description.settings().images().augmentation();
        try (TrainableNetwork aToB = saved.generator(Direction.A_TO_B, manager);
                TrainableNetwork bToA = saved.generator(Direction.B_TO_A, manager);
                Evaluator evaluator = evaluator(root, augmentation, manager)) {
            return evaluator.evaluate(new NetworkTranslator(aToB, manager), new NetworkTranslator(bToA, manager));
        }
    }

    private Evaluator.Result evaluate(Checkpoints checkpoints, NDManager manager) throws IOException {
        Path root = data.map(InputFolder::path)
                .orElseThrow(() -> new WrongSetUpException(
                        "--data: expected the folder of a data set beside checkpoints, found nothing"));
        Augmentation augmentation = Augmentation.none(checkpoints.size);
        try (CheckpointTranslator aToB = new CheckpointTranslator(checkpoints.aToB.path());
                CheckpointTranslator bToA = new CheckpointTranslator(checkpoints.bToA.path());
                Evaluator evaluator = evaluator(root, augmentation, manager)) {
            return evaluator.evaluate(aToB, bToA);
        }
    }

    private Evaluator evaluator(Path root, Augmentation augmentation, NDManager manager) throws IOException {
        DataFolders.requireApart(root, output);
        DataSet dataSet = new DataSetFolder(root).openForEvaluation(augmentation);
        dataSet.passedOver().ifPresent(System.err::println);
        System.err.println("training the classifier that tells the domains apart");
        Optional<FeatureExtractor> extractor = features.map(InputFile::path).map(OnnxFeatureExtractor::new);
        return Evaluator.of(dataSet, new Seed(seed), extractor, manager);
    }

    private void write(Evaluator.Result result) throws IOException {
        Files.createDirectories(output.path());
        String json = new GsonBuilder().setPrettyPrinting().create().toJson(result.evaluation());
        Files.writeString(output.path().resolve("evaluation.json"), json + "\n");
        TranslationSheet.writeBest(output.path().resolve("a-to-b-best.png"), result.aToB());
        TranslationSheet.writeWorst(output.path().resolve("a-to-b-worst.png"), result.aToB());
        TranslationSheet.writeBest(output.path().resolve("b-to-a-best.png"), result.bToA());
        TranslationSheet.writeWorst(output.path().resolve("b-to-a-worst.png"), result.bToA());
    }

    private void print(Evaluation evaluation) {
        System.out.printf(
                "%d images of A, %d images of B; the classifier knows the domain of %.1f %% of them%n",
                evaluation.testImagesOfA(), evaluation.testImagesOfB(), 100 * evaluation.classifierAccuracy());
        System.out.printf("%-24s %12s %12s %12s%n", "", "untranslated", "translated", "real");
        print(Direction.A_TO_B, evaluation.aToB());
        print(Direction.B_TO_A, evaluation.bToA());
        System.out.println("pictures of the best and worst: " + output);
    }

    private static void print(Direction direction, Brackets brackets) {
        for (Figure figure : Figure.values()) {
            if (brackets.translated().containsKey(figure)) {
                System.out.printf(
                        "%-8s%-16s %12s %12s %12s%n",
                        direction.title(),
                        figure,
                        text(brackets.untranslated(), figure),
                        text(brackets.translated(), figure),
                        text(brackets.real(), figure));
            }
        }
    }

    private static String text(Map<Figure, Double> figures, Figure figure) {
        return figures.containsKey(figure) ? "%.4g".formatted(figures.get(figure)) : "-";
    }
}
