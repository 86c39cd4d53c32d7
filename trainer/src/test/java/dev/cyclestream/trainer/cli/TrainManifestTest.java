package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.option.InputFolder;
import dev.cyclestream.option.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.ParseResult;

/** The job of {@code k8s/jobs/train}, held against the commands that it runs. */
class TrainManifestTest {

    private static final Path JOB = Path.of("..", "k8s", "jobs", "train", "job.yaml");

    @Test
    void trainingGoesOnAfterARestartAndIsExportedWhenItIsDone() throws IOException {
        ParseResult training = parse(container("initContainers", "train"));
        assertThat(training.commandSpec().name()).isEqualTo("train");
        assertThat(training.<Boolean>matchedOptionValue("--resume", false)).isTrue();
        ParseResult export = parse(container("containers", "export"));
        assertThat(export.commandSpec().name()).isEqualTo("export");
        assertThat(export.<InputFolder>matchedOptionValue("--run", null).path())
                .isEqualTo(training.<OutputFolder>matchedOptionValue("--output", null)
                        .path());
    }

    /** Fails where an option is unknown, missing, or has a value that is not accepted. */
    private static ParseResult parse(Map<?, ?> container) {
        String[] arguments = ((List<?>) container.get("args"))
                .stream().map(argument -> (String) argument).toArray(String[]::new);
        return TrainerApplication.commandLine(arguments).parseArgs(arguments).subcommand();
    }

    private static Map<?, ?> container(String kind, String name) throws IOException {
        Map<?, ?> job = new Yaml().load(Files.readString(JOB));
        Map<?, ?> template = (Map<?, ?>) ((Map<?, ?>) job.get("spec")).get("template");
        List<?> containers = (List<?>) ((Map<?, ?>) template.get("spec")).get(kind);
        return containers.stream()
                .map(container -> (Map<?, ?>) container)
                .filter(container -> container.get("name").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
