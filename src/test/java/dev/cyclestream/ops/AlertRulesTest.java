package dev.cyclestream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class AlertRulesTest {

    private static final Path RULES = Path.of("..", "docker", "prometheus", "alerts.yml");
    private static final Path RESOURCE = Path.of("..", "k8s", "base", "prometheusrule.yaml");
    private static final Path DASHBOARD = Path.of("..", "docker", "grafana", "dashboards", "translator.json");
    private static final Pattern METRIC = Pattern.compile("cyclestream_[a-z_]+(?=[{\\[ ])");

    @Test
    void rulesForTheOperatorAreTheSame() throws IOException {
        Map<String, Object> resource = new Yaml().load(Files.readString(RESOURCE));
        Map<String, Object> rules = new Yaml().load(Files.readString(RULES));
        assertThat(rules).isNotEmpty();
        assertThat(resource.get("spec")).isEqualTo(rules);
    }

    @Test
    void rulesAndDashboardAskForMetricsThatTheDocumentationNames() throws IOException {
        String readme = Files.readString(Path.of("..", "src", "doc", "metrics.md"));
        Set<String> asked = new TreeSet<>();
        for (Path file : new Path[] {RULES, DASHBOARD}) {
            Matcher metric = METRIC.matcher(Files.readString(file));
            while (metric.find()) {
                asked.add(metric.group().replaceFirst("_(bucket|sum|count)$", ""));
            }
        }
        assertThat(asked)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(readme).contains("`" + name));
    }
}
