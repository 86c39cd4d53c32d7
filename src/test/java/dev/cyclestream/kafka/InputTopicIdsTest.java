package dev.cyclestream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class InputTopicIdsTest {

    private final Map<String, String> cluster = new HashMap<>(Map.of("a", "first", "b", "other"));
    private final InputTopicIds ids = new InputTopicIds(topics -> Map.copyOf(cluster), Map.copyOf(cluster));

    @Test
    void idsThatStayAreConfirmed() {
        ids.reading(ids.latest());
        assertThat(ids.of("a")).contains("first");
        ids.confirm();
        assertThat(ids.of("unknown")).isEmpty();
    }

    @Test
    void whoeverReadBeforeKnowsTheOldIdAndMayNotCommit() {
        ids.reading(ids.latest());
        cluster.put("a", "second");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(ids::confirm)
                    .isInstanceOf(InputTopicMadeAnewException.class)
                    .hasMessageContaining("topic a was deleted and made anew: expected id first, found second");
            assertThat(ids.of("a")).contains("first");
        }
    }

    @Test
    void whoeverBeginsToReadAfterThatKnowsTheNewId() {
        Map<String, String> before = ids.latest();
        ids.reading(before);
        cluster.put("a", "second");
        assertThatThrownBy(ids::confirm).isInstanceOf(InputTopicMadeAnewException.class);
        ids.reading(ids.latest());
        assertThat(ids.of("a")).contains("second");
        ids.confirm();
        ids.reading(before); // another thread, which has not seen it yet
        assertThatThrownBy(ids::confirm).isInstanceOf(InputTopicMadeAnewException.class);
    }

    @Test
    void topicThatIsDeletedIsStillTheOneThatWasRead() {
        ids.reading(ids.latest());
        cluster.remove("a");
        ids.confirm();
        assertThat(ids.of("a")).contains("first");
        cluster.put("a", "second");
        assertThatThrownBy(ids::confirm).isInstanceOf(InputTopicMadeAnewException.class);
    }

    @Test
    void nothingIsCommittedWhileNobodyAnswers() {
        InputTopicIds silent = new InputTopicIds(
                topics -> {
                    throw new TimeoutException("no answer");
                },
                Map.of("a", "first"));
        assertThatThrownBy(silent::confirm).isInstanceOf(TimeoutException.class);
    }

    @Test
    void brokersThatGiveNoIdsAreNotAsked() {
        assertThat(InputTopicIds.none().of("a")).isEmpty();
        new InputTopicIds(
                        topics -> {
                            throw new TimeoutException("no answer");
                        },
                        Map.of())
                .confirm();
    }
}
