package dev.cyclestream.cli;

import dev.cyclestream.cli.option.FetchOptions;
import dev.cyclestream.cli.value.FetchSource;
import dev.cyclestream.cli.value.Sha256;
import dev.cyclestream.option.OutputFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fetch",
        description = {
            "Copies a checkpoint from a folder or S3 to where run looks for it, if its SHA-256 is the expected one.",
            "Otherwise nothing is left there, and the exit code is 2; it is 1 where the store does not answer."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class FetchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "URI", description = "file:///PATH or s3://BUCKET/KEY.")
    private FetchSource source;

    @Option(names = "--sha256", required = true, paramLabel = "HEX", description = "SHA-256 that it must have.")
    private Sha256 sha256;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "File to make.")
    private OutputFile output;

    @Mixin
    private FetchOptions fetch;

    @Override
    public Integer call() {
        boolean brought = fetch.fetch().bring(source.uri(), sha256.value(), output.path());
        System.out.printf("%s: %s, SHA-256 %s%n", output, brought ? "from " + source : "was there", sha256);
        return ExitCode.OK;
    }
}
