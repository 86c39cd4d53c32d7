package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.inference.DemoCheckpoint;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code k8s/}, and what is rendered from them where {@code .ci/manifests} did so: read by fabric8's model. */
class ManifestReadingTest {

    private static final long USER = 10001;

    private static final Pattern DEMO_CHECKPOINT = Pattern.compile(
            "source=file:///opt/cyclestream/resources/checkpoints/(\\S+)\\s+- \\S*sha256=(\\p{XDigit}+)");

    static Stream<Manifests> all() throws IOException {
        return Stream.concat(Manifests.written().stream(), Manifests.rendered().stream());
    }

    @Test
    void filesAreFound() throws IOException {
        assertThat(Manifests.written())
                .extracting(Manifests::name)
                .contains(
                        "base/deployment.yaml", "jobs/replay/job.yaml", "jobs/rollout/job.yaml", "jobs/train/job.yaml");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyResourceIsReadStrictlyAndHasAName(Manifests manifests) {
        assertThat(manifests.resources())
                .isNotEmpty()
                .allSatisfy(
                        resource -> assertThat(resource.getMetadata().getName()).startsWith("cyclestream"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void overlaysMakeTheNamespaceThatEverythingLiesIn(Manifests manifests) {
        List<String> made = manifests.of(Namespace.class).stream()
                .map(namespace -> namespace.getMetadata().getName())
                .toList();
        assertThat(made).hasSize(manifests.name().startsWith("overlays-") ? 1 : made.size());
        if (!made.isEmpty()) {
            assertThat(manifests.resources())
                    .filteredOn(resource -> !(resource instanceof Namespace))
                    .allSatisfy(resource ->
                            assertThat(resource.getMetadata().getNamespace()).isEqualTo(made.get(0)));
        }
    }

    @Test
    void unknownFieldIsRefusedWhereverItIs() {
        String deployment = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: x}
                spec: {template: {spec: {containers: [{name: c, securityContext: {readOnlyRootFileSystem: true}}]}}}
                """;
        assertThatThrownBy(() -> Manifests.parse("planted", deployment))
                .hasMessageContaining("Unrecognized field \"readOnlyRootFileSystem\"");
        String monitor = """
                apiVersion: monitoring.coreos.com/v1
                kind: PodMonitor
                metadata: {name: x}
                spec: {podMetricsEndpoints: [{port: http, intervall: 30s}]}
                """;
        assertThatThrownBy(() -> Manifests.parse("planted", monitor))
                .hasMessageContaining("Unrecognized field \"intervall\"");
    }

    @ParameterizedTest
    @MethodSource("all")
    void podsRunAsNobodyInParticularAndMayDoNothing(Manifests manifests) {
        manifests.pods().forEach(template -> {
            PodSpec pod = template.getSpec();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(USER);
            assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(USER);
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(ContainerSettings.containers(pod)).isNotEmpty().allSatisfy(container -> {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getSecurityContext().getPrivileged()).isNull();
                assertThat(container.getVolumeMounts())
                        .anyMatch(mount -> mount.getMountPath().equals("/tmp"));
            });
        });
    }

    @Test
    void hashesOfTheDemosCheckpointsAreThoseOfItsFiles() throws IOException {
        List<MatchResult> written = Manifests.kustomizations().stream()
                .flatMap(text -> DEMO_CHECKPOINT.matcher(text).results())
                .toList();
        assertThat(written).extracting(match -> match.group(1)).contains("a-to-b.onnx", "b-to-a.onnx");
        for (MatchResult match : written) {
            byte[] file = Files.readAllBytes(DemoCheckpoint.file(match.group(1)));
            assertThat(match.group(2)).as(match.group(1)).isEqualTo(DigestUtils.sha256Hex(file));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyMountHasItsVolume(Manifests manifests) {
        manifests.pods().forEach(template -> {
            Set<String> volumes = template.getSpec().getVolumes().stream()
                    .map(volume -> volume.getName())
                    .collect(Collectors.toSet());
            List<String> mounts = ContainerSettings.containers(template.getSpec())
                    .flatMap(container -> container.getVolumeMounts().stream())
                    .map(mount -> mount.getName())
                    .toList();
            assertThat(volumes).containsExactlyInAnyOrderElementsOf(Set.copyOf(mounts));
        });
    }
}
