package dev.cyclestream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPropertiesTest {

    private static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a\" password=\"secret\";";

    @Test
    void brokersAndRegistryGetTheirOwn() {
        ClientProperties properties = ClientProperties.of(Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", JAAS,
                "schema.registry.basic.auth.user.info", "a:secret",
                "schema.registry.ssl.truststore.location", "trust.p12"));
        assertThat(properties.kafka()).isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", JAAS));
        assertThat(properties.registry())
                .isEqualTo(Map.of(
                        "basic.auth.credentials.source", "USER_INFO",
                        "basic.auth.user.info", "a:secret",
                        "schema.registry.ssl.truststore.location", "trust.p12"));
    }

    @Test
    void secretsAreMasked() {
        ClientProperties properties = ClientProperties.of(Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", JAAS,
                "ssl.keystore.password", "secret",
                "ssl.keystore.key", "secret",
                "schema.registry.bearer.auth.token", "secret",
                "schema.registry.basic.auth.user.info", "a:secret"));
        assertThat(properties.toString()).contains("security.protocol=SASL_SSL").doesNotContain("secret");
        assertThat(new KafkaConnection("host:1", "http://host", properties).toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.login.class",
                "ssl.engine.factory.class",
                "interceptor.classes",
                "enable.idempotence",
                "schema.registry.url",
                "config.providers"
            })
    void whatCouldLoadClassesIsRefused(String name) {
        assertThatThrownBy(() -> ClientProperties.of(Map.of(name, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("found \"" + name + "\"");
    }

    @Test
    void foreignLoginModuleIsRefused() {
        String jndi = "com.sun.security.auth.module.JndiLoginModule required user.provider.url=\"ldap://x\";";
        assertThatThrownBy(() -> ClientProperties.of(Map.of("sasl.jaas.config", jndi)))
                .hasMessageEndingWith("found com.sun.security.auth.module.JndiLoginModule");
    }
}
