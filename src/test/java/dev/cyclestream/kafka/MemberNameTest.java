package dev.cyclestream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemberNameTest {

    @Test
    void clientIdSaysWhichTopicsItsMemberReads() {
        MemberName name = MemberName.of("what-reads-it", List.of("images.b", "images-reads-a"));
        String clientId = name.value() + "-StreamThread-12-consumer";
        assertThat(MemberName.topics(clientId).orElseThrow()).containsExactlyInAnyOrder("images.b", "images-reads-a");
        assertThat(name.isOf(clientId)).isTrue();
    }

    @Test
    void noTwoInstancesHaveTheSameName() {
        MemberName one = MemberName.of("app", List.of("images.a"));
        MemberName other = MemberName.of("app", List.of("images.a"));
        assertThat(one.isOf(other.value() + "-StreamThread-1-consumer")).isFalse();
    }

    @Test
    void clientIdOfAnEarlierVersionSaysNothing() {
        assertThat(MemberName.topics("app-1b4e28ba-2fa1-11d2-883f-0016d3cca427-StreamThread-1-consumer"))
                .isEmpty();
    }
}
