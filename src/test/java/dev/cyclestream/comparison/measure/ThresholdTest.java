package dev.cyclestream.comparison.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.comparison.measure.Threshold.Bound;
import dev.cyclestream.comparison.pairing.LeftOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

    private final Findings findings = new Findings();
    private final LeftOut leftOut = new LeftOut();

    @ParameterizedTest
    @CsvSource({
        "BELOW, ssim=0.5, false",
        "BELOW, ssim=0.51, true",
        "ABOVE, ssim=0.5, false",
        "ABOVE, ssim=0.49, true",
        "BELOW, ssim.min=0.4, false",
        "BELOW, ssim.p05=0.45, true",
        "ABOVE, ssim.max=0.6, false",
        "ABOVE, l1=0.4, true",
        "BELOW, pairs=2, false",
        "BELOW, pairs=3, true",
        "ABOVE, no-input-share=0.9, true",
        "ABOVE, identical-share=0, false",
        "ABOVE, missing-share=0.3, true",
        "ABOVE, missing-share=0.34, false",
        "ABOVE, outside-share=0, false"
    })
    void limitsAreCheckedOnTheirOwnSide(Bound bound, String text, boolean violated) {
        findings.add(TestPictures.measured(0, 0.4, "a"));
        findings.add(TestPictures.measured(1, 0.6, "b"));
        leftOut.add(LeftOut.Kind.ONLY_OLD, TestPictures.source(2));
        assertThat(Threshold.parse(bound, text).check(findings, leftOut).isViolated())
                .isEqualTo(violated);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssim=0", "l1=5", "cycle-new=5", "blank-share=1", "pairs=100", "missing-share=1"})
    void nothingToCompareViolatesEveryThreshold(String text) {
        assertThat(Threshold.parse(Bound.ABOVE, text).check(findings, leftOut).isViolated())
                .isTrue();
        assertThat(Threshold.parse(Bound.BELOW, text).check(findings, leftOut).isViolated())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cycle-new=5", "cycle-change.max=5", "blank-share=1", "inverted-share=1"})
    void whatWasNotMeasuredViolatesItsThreshold(String text) {
        findings.add(TestPictures.measured(0, 0.4, "a"));
        Threshold.Result result = Threshold.parse(Bound.ABOVE, text).check(findings, leftOut);
        assertThat(result.isViolated()).isTrue();
        assertThat(result.describe()).endsWith("found nothing to measure");
    }

    @Test
    void violationsSayWhatWasExpectedAndFound() {
        findings.add(TestPictures.measured(0, 0.4, "a"));
        assertThat(Threshold.parse(Bound.BELOW, "ssim.median=0.55")
                        .check(findings, leftOut)
                        .describe())
                .isEqualTo("ssim.median: expected at least 0.55, found 0.4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sim=0.5", "ssim.p50=0.5", "blank-share.p05=1", "ssim.=1", "pairs.mean=1", "ssim.p05.max=1"})
    void unknownNamesAreRefused(String text) {
        assertThatThrownBy(() -> Threshold.parse(Bound.BELOW, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected one of ssim, l1, cycle-old, cycle-new, cycle-change (each")
                .hasMessageEndingWith("found \"%s\"".formatted(text.substring(0, text.indexOf('='))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssim", "ssim=", "ssim=x", "=1", "ssim=NaN", "ssim=Infinity"})
    void whatIsNoNumberIsRefused(String text) {
        assertThatThrownBy(() -> Threshold.parse(Bound.BELOW, text)).isInstanceOf(IllegalArgumentException.class);
    }
}
