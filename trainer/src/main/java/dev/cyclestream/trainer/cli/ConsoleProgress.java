package dev.cyclestream.trainer.cli;

import dev.cyclestream.trainer.loss.Losses;
import dev.cyclestream.trainer.run.TrainingProgress;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with losses and time left; where the output is no terminal, a line every few seconds. */
final class ConsoleProgress implements TrainingProgress, AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(500);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int LINE_LENGTH = 110;

    private ProgressBar bar;

    @Override
    public void started(long stepsTaken, long steps) {
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName("training")
                .setInitialMax(steps)
                .startsFrom(stepsTaken, Duration.ZERO)
                .setUnit(" steps", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .setUpdateIntervalMillis((int) updateInterval().toMillis());
        if (!isTerminal()) {
            builder.setConsumer(new DelegatingProgressBarConsumer(System.err::println, LINE_LENGTH));
        }
        bar = builder.build();
    }

    @Override
    public void warned(long stepsTaken, String warning) {
        System.err.printf("%nstep %d: %s%n", stepsTaken, warning);
    }

    @Override
    public void stepTaken(long stepsTaken, Losses losses) {
        bar.stepTo(stepsTaken);
        bar.setExtraMessage(" G %.2f D %.2f".formatted(losses.generatorTotal(), losses.discriminatorTotal()));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static Duration updateInterval() {
        return isTerminal() ? ON_TERMINAL : ELSEWHERE;
    }

    // JDK 22 to 24 have a console everywhere; there the bar is drawn into files, too, and no harm is done.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        return System.console() != null;
    }
}
