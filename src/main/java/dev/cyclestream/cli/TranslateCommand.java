package dev.cyclestream.cli;

import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.cli.option.ImageOptions;
import dev.cyclestream.cli.option.InferenceOptions;
import dev.cyclestream.gallery.FolderTranslation;
import dev.cyclestream.gallery.ImageFolder;
import dev.cyclestream.gallery.ImageFolder.ImageFile;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.InputFolder;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.option.OutputFolder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "translate",
        description = "Translates a folder into another, without a broker, and writes a page: for a quick look.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TranslateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "Folder of images.")
    private InputFolder folder;

    @Option(names = "--checkpoint", required = true, paramLabel = "FILE", description = "Checkpoint to translate with.")
    private InputFile checkpoint;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Folder to write to.")
    private OutputFolder output;

    @Mixin
    private ImageOptions images;

    @Mixin
    private GeneratorOptions generators;

    @Mixin
    private InferenceOptions inference;

    @Override
    public Integer call() throws IOException {
        ImageFolder input = new ImageFolder(folder.path());
        List<ImageFile> files = input.files();
        input.requireApartFrom(output.path());
        input.passedOver().ifPresent(System.err::println);
        FolderTranslation.Result result;
        try (ImageTranslator translator = ImageTranslator.load(
                        generators.open(checkpoint),
                        images.codecOfFiles(),
                        inference.settings(),
                        TranslationMetrics.NONE);
                ConsoleProgress progress = new ConsoleProgress("translating", files.size())) {
            result = new FolderTranslation(translator, output.path()).translate(files, progress::step);
        }
        result.rejected().forEach(line -> System.err.println("rejected: " + OneLine.of(line)));
        System.out.printf(
                "translated %d images, rejected %d%n",
                result.translated(), result.rejected().size());
        System.out.println("look at " + result.page().toUri());
        return 0;
    }
}
