package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The roll-out's job, and what translators must have for one; {@code .ci/manifests} renders them and runs this. */
class RolloutManifestTest {

    private static final int VIOLATED = 3;
    private static final int WRONG_USE = 2;

    static List<Manifests> deployments() throws IOException {
        List<Manifests> rendered = Manifests.rendered();
        assumeThat(rendered).isNotEmpty();
        return rendered.stream()
                .filter(manifests -> manifests.deployment().isPresent())
                .toList();
    }

    @Test
    void startsBeforeItJudgesAndNeverTwiceByItself() throws IOException {
        Manifests manifests = rendered("jobs-rollout.yaml");
        PodSpec pod = job(manifests).getSpec().getTemplate().getSpec();
        assertThat(ContainerSettings.containers(pod)
                        .map(container -> ContainerSettings.of(container, manifests)
                                .arguments()
                                .subList(0, 2)))
                .containsExactly(List.of("rollout", "start"), List.of("rollout", "judge"));
        assertThat(pod.getInitContainers()).extracting(Container::getName).containsExactly("start");
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(job(manifests).getSpec().getBackoffLimit()).isZero();
    }

    @Test
    void exitCodesThatSayNoEndTheJob() throws IOException {
        Map<String, Set<Integer>> ending = new TreeMap<>();
        job(rendered("jobs-rollout.yaml")).getSpec().getPodFailurePolicy().getRules().stream()
                .filter(rule -> rule.getAction().equals("FailJob"))
                .map(rule -> rule.getOnExitCodes())
                .forEach(codes -> ending.put(codes.getContainerName(), new TreeSet<>(codes.getValues())));
        assertThat(ending).isEqualTo(Map.of("start", Set.of(WRONG_USE), "judge", Set.of(WRONG_USE, VIOLATED)));
    }

    @Test
    void jobIsForTheApplicationOfTheTranslators() throws IOException {
        Manifests manifests = rendered("jobs-rollout.yaml");
        Map<String, String> judge = ContainerSettings.of(
                        job(manifests)
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .get(0),
                        manifests)
                .environment();
        Manifests base = rendered("base.yaml");
        Map<String, String> translator =
                ContainerSettings.of(translator(base), base).environment();
        for (String same :
                List.of("CYCLESTREAM_APPLICATION_ID", "CYCLESTREAM_BOOTSTRAP_SERVERS", "CYCLESTREAM_SCHEMA_REGISTRY")) {
            assertThat(judge).containsEntry(same, translator.get(same));
        }
    }

    /** What a schedule names is fetched by the translator itself, from where its first checkpoints came from. */
    @ParameterizedTest
    @MethodSource("deployments")
    void translatorCanReadWhatItsInitContainersRead(Manifests manifests) {
        Container translator = translator(manifests);
        for (Container fetch : manifests
                .deployment()
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getInitContainers()) {
            assertThat(translator.getEnvFrom()).containsAll(fetch.getEnvFrom());
            assertThat(paths(translator)).containsAll(paths(fetch));
            assertThat(translator.getEnv())
                    .containsAll(fetch.getEnv().stream()
                            .filter(variable -> variable.getName().startsWith("CYCLESTREAM_S3_"))
                            .toList());
        }
    }

    @Test
    void checkpointsFromS3AreReadInTheirRegionWithTheirSecret() throws IOException {
        Container translator = translator(rendered("cpu-checkpoints-from-s3.yaml"));
        assertThat(translator.getEnv()).extracting(EnvVar::getName).contains("CYCLESTREAM_S3_REGION");
        assertThat(translator.getEnvFrom())
                .filteredOn(from -> from.getSecretRef() != null)
                .extracting(from -> from.getSecretRef().getName())
                .containsExactly("cyclestream", "cyclestream-s3");
        assertThat(translator.getEnvFrom())
                .filteredOn(from -> from.getConfigMapRef() != null)
                .hasSize(1);
    }

    private static Set<String> paths(Container container) {
        return container.getVolumeMounts().stream()
                .map(VolumeMount::getMountPath)
                .collect(Collectors.toSet());
    }

    private static Manifests rendered(String name) throws IOException {
        List<Manifests> rendered = Manifests.rendered();
        assumeThat(rendered).isNotEmpty();
        return rendered.stream()
                .filter(manifests -> manifests.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Job job(Manifests manifests) {
        return manifests.of(Job.class).get(0);
    }

    private static Container translator(Manifests manifests) {
        return manifests.deployment().orElseThrow().getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> container.getName().equals("translator"))
                .findFirst()
                .orElseThrow();
    }
}
