package dev.cyclestream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.anomaly.AnomalyListener.Drop;
import dev.cyclestream.anomaly.Detector;
import dev.cyclestream.checkpoint.CycleErrors;
import dev.cyclestream.checkpoint.Maker;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.Translation;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.progress.ProgressListener.CommittedInput;
import dev.cyclestream.rollout.Role;
import dev.cyclestream.rollout.live.RolloutState;
import dev.cyclestream.rollout.live.RolloutState.InForce;
import dev.cyclestream.rollout.live.RolloutState.Loaded;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.InputPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutMetricsTest {

    private static final Maker STABLE = maker('a', Role.STABLE);
    private static final Maker CANDIDATE = maker('b', Role.CANDIDATE);
    private static final Maker SHADOW = maker('b', Role.SHADOW);
    private static final InputPosition SOURCE = new InputPosition("images.a", 3, 7);
    private static final String OF_STABLE =
            "{checkpoint=\"a.onnx (aaaaaaaaaaaa)\",direction=\"A_TO_B\",role=\"stable\"}";
    private static final String OF_CANDIDATE =
            "{checkpoint=\"b.onnx (bbbbbbbbbbbb)\",direction=\"A_TO_B\",role=\"candidate\"}";
    private static final String OF_SHADOW =
            "{checkpoint=\"b.onnx (bbbbbbbbbbbb)\",direction=\"A_TO_B\",role=\"shadow\"}";

    private static final CycleErrors BASELINE = new CycleErrors(40, List.of(0.01, 0.02, 0.03, 0.04, 0.09));

    private final MicrometerTranslationMetrics metrics = new MicrometerTranslationMetrics();
    private final List<Loaded> loaded = new ArrayList<>(List.of(loaded(STABLE), loaded(CANDIDATE)));

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void resultsCountToTheirCheckpointAndRole() {
        Translation translation = translation();
        metrics.results().made(STABLE, SOURCE, translation);
        metrics.results().made(STABLE, SOURCE, translation);
        metrics.results().made(SHADOW, SOURCE, translation);
        metrics.results().shadowFailed(SHADOW);

        assertThat(metrics.scrape())
                .contains("cyclestream_rollout_translations_total" + OF_STABLE + " 2.0")
                .contains("cyclestream_rollout_translations_total" + OF_SHADOW + " 1.0")
                .contains("cyclestream_rollout_inference_seconds_count" + OF_STABLE + " 2")
                .contains("cyclestream_rollout_shadow_failures_total" + OF_STABLE + " 0.0")
                .contains("cyclestream_rollout_shadow_failures_total" + OF_SHADOW + " 1.0");
    }

    @Test
    void whatIsCommittedCountsToWhoeverWasChosen() {
        metrics.committed(committed(Optional.empty(), Optional.of(CANDIDATE)));
        metrics.committed(committed(Optional.of("TRANSLATION_FAILED"), Optional.of(CANDIDATE)));
        metrics.committed(committed(Optional.of("NO_EVENT"), Optional.empty())); // nobody was chosen

        assertThat(metrics.scrape())
                .contains("cyclestream_rollout_translated_images_total" + OF_CANDIDATE + " 1.0")
                .contains("cyclestream_rollout_dead_letters_total" + OF_CANDIDATE + " 1.0")
                .contains("cyclestream_dead_letters_total{reason=\"NO_EVENT\",topic=\"images.a\"} 1.0");
    }

    @Test
    void metersOfACheckpointThatIsGoneAreShownOnceMoreAndForgotten() {
        metrics.rollout(this::state);
        metrics.committed(committed(Optional.empty(), Optional.of(STABLE)));
        metrics.committed(committed(Optional.empty(), Optional.of(CANDIDATE)));
        assertThat(metrics.scrape()).contains(OF_STABLE).contains(OF_CANDIDATE);

        loaded.remove(0);

        assertThat(metrics.scrape()).contains(OF_STABLE).contains(OF_CANDIDATE);
        assertThat(metrics.scrape()).doesNotContain("aaaaaaaaaaaa").contains(OF_CANDIDATE);
        metrics.committed(committed(Optional.empty(), Optional.of(STABLE)));
        assertThat(metrics.scrape()).contains("cyclestream_rollout_translated_images_total" + OF_STABLE + " 1.0");
    }

    @Test
    void metersThatNobodySaysToBeGoneStay() {
        metrics.committed(committed(Optional.empty(), Optional.of(STABLE)));
        metrics.scrape();
        metrics.scrape();
        assertThat(metrics.scrape()).contains("cyclestream_rollout_translated_images_total" + OF_STABLE + " 1.0");
    }

    @Test
    void stateIsThatOfTheMomentOfTheScrape() {
        metrics.rollout(this::state);
        assertThat(metrics.scrape())
                .contains("cyclestream_rollout_split_announced{direction=\"A_TO_B\"} 3.0")
                .contains("cyclestream_rollout_split_available{direction=\"A_TO_B\"} 2.0")
                .contains(
                        "cyclestream_rollout_split_in_force{direction=\"A_TO_B\",partition=\"4\",topic=\"images.a\"} 1.0")
                .contains("cyclestream_rollout_checkpoints_failed 1.0")
                .contains("cyclestream_rollout_checkpoint_failed{sha256=\"" + "c".repeat(64) + "\"} 1.0")
                .contains(info(STABLE))
                .contains(info(CANDIDATE));

        loaded.remove(1);

        assertThat(metrics.scrape()).contains(info(STABLE)).doesNotContain(info(CANDIDATE));
    }

    @Test
    void baselineIsThatOfTheCheckpoint() {
        metrics.rollout(this::state);
        assertThat(metrics.scrape())
                .contains(
                        "cyclestream_anomaly_baseline_cycle_error_permille{checkpoint=\"a.onnx (aaaaaaaaaaaa)\",direction=\"A_TO_B\",quantile=\"0.5\",role=\"stable\"} 30.0")
                .contains(
                        "cyclestream_anomaly_baseline_cycle_error_permille{checkpoint=\"b.onnx (bbbbbbbbbbbb)\",direction=\"A_TO_B\",quantile=\"0.95\",role=\"candidate\"} 90.0");
    }

    @Test
    void whatLooksWrongCountsToItsCheckpointAndRole() {
        metrics.anomalies().found(CANDIDATE, Detector.INVERTED);
        metrics.anomalies().checked(CANDIDATE, 0.25);
        metrics.anomalies().dropped(CANDIDATE, Drop.NOT_LOADED);
        String tags = OF_CANDIDATE.substring(0, OF_CANDIDATE.length() - 1);
        assertThat(metrics.scrape())
                .contains(
                        "cyclestream_anomalies_total{checkpoint=\"b.onnx (bbbbbbbbbbbb)\",detector=\"inverted\",direction=\"A_TO_B\",role=\"candidate\"} 1.0")
                .contains(
                        "cyclestream_anomalies_total{checkpoint=\"b.onnx (bbbbbbbbbbbb)\",detector=\"blank\",direction=\"A_TO_B\",role=\"candidate\"} 0.0")
                .contains("cyclestream_anomaly_cycle_error_permille_sum" + OF_CANDIDATE + " 250.0")
                .contains("cyclestream_anomaly_cycle_error_permille_bucket" + tags + ",le=\"200.0\"} 0")
                .contains("cyclestream_anomaly_cycle_error_permille_bucket" + tags + ",le=\"300.0\"} 1")
                .contains("cyclestream_anomaly_checks_dropped_total"
                        + tags.replace(",role", ",reason=\"not_loaded\",role") + "} 1.0");
    }

    private RolloutState state() {
        return new RolloutState(
                List.copyOf(loaded),
                Map.of(Direction.A_TO_B, 3L),
                Map.of(Direction.A_TO_B, 2L),
                Map.of(new InForce(Direction.A_TO_B, "images.a", 4), 1L),
                Set.of("c".repeat(64)));
    }

    private static String info(Maker maker) {
        return "cyclestream_checkpoint_info{checkpoint=\"%s\",device=\"cpu\",direction=\"A_TO_B\",role=\"%s\",sha256=\"%s\"} 1"
                .formatted(maker.name(), maker.role(), maker.sha256());
    }

    private static Translation translation() {
        try (ImageTranslator translator = TestTranslator.quick()) {
            return translator.translation(TestImages.png(1));
        }
    }

    private static CommittedInput committed(Optional<String> deadLetterReason, Optional<Maker> maker) {
        return new CommittedInput("images.a", deadLetterReason, Optional.empty(), maker);
    }

    private static Maker maker(char letter, Role role) {
        return new Maker(Direction.A_TO_B, String.valueOf(letter).repeat(64), letter + ".onnx", role.toString());
    }

    private static Loaded loaded(Maker maker) {
        return new Loaded(
                maker.direction(),
                maker.name(),
                maker.sha256(),
                "cpu",
                Optional.of(BASELINE),
                Optional.of(maker.role().equals("stable") ? Role.STABLE : Role.CANDIDATE));
    }
}
