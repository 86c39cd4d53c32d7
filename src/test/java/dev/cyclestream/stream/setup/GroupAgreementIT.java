package dev.cyclestream.stream.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.TranslationApplication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances of one application id that read different topics, and those that do not. */
class GroupAgreementIT extends SetUpScene {

    private String otherInput;
    private String otherOutput;

    @BeforeEach
    void makeTopics() {
        otherInput = "other." + input;
        otherOutput = "other." + output;
        make(PARTITIONS, input, output, deadLetters, otherInput, otherOutput);
    }

    @Test
    void instanceOfTheOtherDirectionIsRefusedAndTheOneThatWorksGoesOn() throws Exception {
        try (ApplicationProcess works = start("works", runAToB("shared"))) {
            works.awaitSaying("running: ", PATIENCE);
            assertRefused(
                    runBToA("shared"),
                    "--application-id shared: its live member at /127.0.0.1 reads " + input,
                    "this instance would read " + otherInput,
                    "give another id, or stop those instances first");
            assertRefused(
                    runBoth("shared"), "reads " + input + ", and this instance would read " + input + " and other.");
            assertRefused(runBoth("shared", "--dry-run"), "--application-id shared: its live member");
            publish(input, "still");
            awaitImages(output, 1);
            assertThat(works.terminate(PATIENCE)).as(works.said()).isZero();
        }
    }

    @Test
    void fromOneDirectionToBothThereIsAWayByStopping() throws Exception {
        try (ApplicationProcess one = start("one", runAToB("grows"))) {
            one.awaitSaying("running: ", PATIENCE);
            one.kill(); // the group hears of it within seconds
        }
        try (ApplicationProcess both = start("both", runBoth("grows"))) {
            both.awaitSaying("running: ", PATIENCE);
            publish(input, "one");
            publish(otherInput, "two");
            awaitImages(output, 1);
            awaitImages(otherOutput, 1);
            assertThat(both.terminate(PATIENCE)).as(both.said()).isZero();
        }
    }

    @Test
    void twoThatStartAtOneTimeAreFoundOnceTheyHaveJoined() throws Exception {
        SetUp other = new SetUp("at-once", List.of(new SetUp.Link(otherInput, otherOutput)), deadLetters);
        try (TranslationApplication one = application("at-once", Direction.A_TO_B, input, output);
                TranslationApplication two = application("at-once", Direction.B_TO_A, otherInput, otherOutput);
                GroupAgreement ofOne = new GroupAgreement(connection, setUp("at-once"));
                GroupAgreement ofTwo = new GroupAgreement(connection, other)) {
            assertThat(ofOne.complaint()).isEmpty();
            assertThat(ofTwo.complaint()).isEmpty();
            one.start();
            two.start();
            assertThat(await(ofOne, one)).contains("reads " + otherInput + ", and this instance would read " + input);
            assertThat(await(ofTwo, two)).contains("reads " + input + ", and this instance would read " + otherInput);
        }
    }

    @Test
    void processesThatStartAtOneTimeEndWithWrongUse() throws Exception {
        try (ApplicationProcess one = start("one", runAToB("at-the-same-time"));
                ApplicationProcess two = start("two", runBToA("at-the-same-time"))) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (one.isAlive() && two.isAlive() && System.nanoTime() < end) {
                Thread.sleep(200);
            }
            ApplicationProcess ended = one.isAlive() ? two : one;
            assertThat(ended.exitCode(PATIENCE)).as(ended.said()).isEqualTo(2);
            assertThat(ended.said()).contains("--application-id at-the-same-time: its live member at");
        }
    }

    @Test
    void thoseThatReadTheSameAgree() throws Exception {
        try (TranslationApplication one = application("same", Direction.A_TO_B, input, output);
                TranslationApplication two = application("same", Direction.A_TO_B, input, output);
                GroupAgreement agreement = new GroupAgreement(connection, setUp("same"))) {
            one.start();
            two.start();
            long end =
                    System.nanoTime() + GroupAgreement.PATIENCE.multipliedBy(2).toNanos();
            while (System.nanoTime() < end) {
                assertThat(agreement.complaint(two.memberName())).isEmpty();
                Thread.sleep(250);
            }
            assertThat(complaints(setUp("same"))).isEmpty();
            assertThat(one.isRunning(Duration.ZERO) && two.isRunning(Duration.ZERO))
                    .isTrue();
        }
    }

    private static String await(GroupAgreement agreement, TranslationApplication application)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> complaint = Optional.empty();
        while (complaint.isEmpty() && System.nanoTime() < end) {
            complaint = agreement.complaint(application.memberName());
            Thread.sleep(250);
        }
        return complaint.orElse("");
    }

    private List<String> runBToA(String applicationId) {
        return run(
                applicationId,
                "--b-to-a",
                DemoCheckpoint.file("b-to-a.onnx").toString(),
                "--images-b",
                otherInput,
                "--translated-a",
                otherOutput);
    }

    private List<String> runBoth(String applicationId, String... more) {
        List<String> both = runBToA(applicationId);
        List<String> aToB = runAToB(applicationId, more);
        both.addAll(aToB.subList(run(applicationId).size(), aToB.size()));
        return both;
    }
}
