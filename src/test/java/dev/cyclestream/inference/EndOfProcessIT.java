package dev.cyclestream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

/** SIGTERM while images of changing sizes are translated: the process ends in good order, never of a signal. */
class EndOfProcessIT {

    private static final int TERMINATED = 128 + 15;

    @RepeatedTest(5)
    void serviceThatIsToldToEndFinishesWhatItHasInHand() throws Exception {
        assertThat(exitCodeAfterTermination("service")).isZero();
    }

    @RepeatedTest(5)
    void commandThatIsToldToEndEndsBetweenTwoRuns() throws Exception {
        assertThat(exitCodeAfterTermination("command")).isEqualTo(TERMINATED);
    }

    private static int exitCodeAfterTermination(String kind) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                BusyProcess.class.getName(),
                kind);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            assertThat(process.inputReader().lines().anyMatch(BusyProcess.BUSY::equals))
                    .isTrue();
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Translates noise of changing sizes on two threads until it is told to end. */
    static final class BusyProcess {

        static final String BUSY = "busy";
        private static final Duration STOPPING = Duration.ofSeconds(3);

        private BusyProcess() {}

        public static void main(String[] arguments) throws InterruptedException {
            OnnxGenerator generator = Generators.load(DemoCheckpoint.aToB());
            if (arguments[0].equals("service")) {
                RunsInHand.finishedBySomebody();
                Runtime.getRuntime().addShutdownHook(new Thread(BusyProcess::stopLikeAService));
            }
            for (int seed = 0; seed < 2; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                new Thread(() -> translate(generator, random)).start();
            }
            Thread.sleep(1000);
            System.out.println(BUSY);
        }

        private static void translate(Generator generator, SplittableRandom random) {
            while (true) {
                int width = random.nextInt(16, 200);
                int height = random.nextInt(16, 200);
                byte[] samples = new byte[width * height * Picture.CHANNELS];
                generator.translate(List.of(new Picture(width, height, samples)));
            }
        }

        private static void stopLikeAService() {
            try {
                Thread.sleep(STOPPING.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            RunsInHand.finish();
            Runtime.getRuntime().halt(0);
        }
    }
}
