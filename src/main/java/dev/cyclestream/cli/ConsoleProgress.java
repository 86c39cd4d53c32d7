package dev.cyclestream.cli;

import dev.cyclestream.service.ReplayService;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error; where that is no terminal, a line every few seconds. */
public final class ConsoleProgress implements ReplayService.Bar {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);
    private static final int LINE_LENGTH = 100;

    private final ProgressBar bar;

    /**
     * Begins to show progress.
     *
     * @param task a word for what is done
     * @param images how many there will be; -1 if nobody knows
     */
    public ConsoleProgress(String task, long images) {
        this(task, images, 0);
    }

    /**
     * Begins to show the progress of what was begun before.
     *
     * @param done how many images were done then: they say nothing of how fast it is now
     */
    public ConsoleProgress(String task, long images, long done) {
        this(task, " images", images, done);
    }

    /** Begins to show the progress of something else than images. */
    public static ConsoleProgress of(String task, String things) {
        return new ConsoleProgress(task, " " + things, -1, 0);
    }

    private ConsoleProgress(String task, String unit, long all, long done) {
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(all)
                .startsFrom(done, Duration.ZERO)
                .setUnit(unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .setUpdateIntervalMillis((int) (isTerminal() ? ON_TERMINAL : ELSEWHERE).toMillis());
        if (!isTerminal()) {
            builder.setConsumer(new DelegatingProgressBarConsumer(System.err::println, LINE_LENGTH));
        }
        bar = builder.build();
    }

    @Override
    public void stepTo(long images) {
        bar.stepTo(images);
    }

    void step() {
        bar.step();
    }

    public void expect(long images) {
        bar.maxHint(images);
    }

    @Override
    public void close() {
        bar.close();
    }

    // JDK 22 to 24 have a console everywhere; there the bar is drawn into files, too, and no harm is done.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        return System.console() != null;
    }
}
