package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cyclestream.cli.option.EnvironmentDefaults;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.ops.Health;
import dev.cyclestream.ops.MicrometerTranslationMetrics;
import dev.cyclestream.ops.OperationsServer;
import dev.cyclestream.option.OptionFaults;
import dev.cyclestream.stream.TranslationApplication;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What is rendered from {@code k8s/}, held against the application. Where nothing was rendered there is nothing to test:
 * {@code .ci/manifests} does both.
 */
class ManifestSettingsTest {

    private static final String OPTIONS = "CYCLESTREAM_";
    private static final String CLIENT_PROPERTIES = "CYCLESTREAM_KAFKA_";
    private static final double NATIVE_BYTES_PER_PIXEL = 2300;
    private static final double HEAP_SHARE = 0.4;

    static List<Manifests> rendered() throws IOException {
        List<Manifests> rendered = Manifests.rendered();
        assumeThat(rendered).isNotEmpty();
        return rendered;
    }

    static List<Manifests> deployments() throws IOException {
        return rendered().stream()
                .filter(manifests -> manifests.deployment().isPresent())
                .toList();
    }

    @Test
    void manifestsAreRendered() throws IOException {
        boolean rendered = !Manifests.rendered().isEmpty();
        if (!rendered) {
            System.err.println("SKIPPED: tests of rendered manifests; .ci/manifests renders them, and runs these");
        }
        assumeThat(rendered).isTrue();
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void everyVariableIsAnOptionAndEveryValueIsAccepted(Manifests manifests) {
        for (PodSpec pod : podsOfTheTranslator(manifests)) {
            ContainerSettings.containers(pod).forEach(container -> {
                ContainerSettings settings = ContainerSettings.of(container, manifests);
                CommandLine commandLine = CyclestreamApplication.commandLine()
                        .setDefaultValueProvider(new EnvironmentDefaults(settings.environment()));
                CommandLine command = command(commandLine, settings.arguments());
                assertThat(command)
                        .as("%s: %s", manifests, settings.arguments())
                        .isNotSameAs(commandLine);
                assertThat(optionVariables(settings)).isSubsetOf(variablesOf(command));
                commandLine.parseArgs(settings.arguments().toArray(String[]::new));
                assertThat(command.getCommandSpec().options())
                        .filteredOn(option -> option.userObject() instanceof Field)
                        .allSatisfy(option -> assertThat(
                                        OptionFaults.ofRange((Field) option.userObject(), option.getValue()))
                                .isEmpty());
            });
        }
    }

    /** The command of a command, as far as the arguments name one. */
    private static CommandLine command(CommandLine of, List<String> arguments) {
        CommandLine next = arguments.isEmpty() ? null : of.getSubcommands().get(arguments.get(0));
        return next == null ? of : command(next, arguments.subList(1, arguments.size()));
    }

    /** Of the commands that there are. */
    private static List<PodSpec> podsOfTheTranslator(Manifests manifests) {
        return manifests.pods().stream()
                .map(template -> template.getSpec())
                .filter(pod -> pod.getContainers().get(0).getImage().matches("cyclestream(:cpu|:gpu)?"))
                .toList();
    }

    private static Set<String> optionVariables(ContainerSettings settings) {
        return settings.environment().keySet().stream()
                .filter(name -> name.startsWith(OPTIONS) && !name.startsWith(CLIENT_PROPERTIES))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> variablesOf(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .map(option -> EnvironmentDefaults.variable(option.longestName()))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void probesAndMetricsAreWhereTheApplicationAnswers(Manifests manifests) throws Exception {
        Container translator = translator(manifests);
        ContainerSettings settings = ContainerSettings.of(translator, manifests);
        assertThat(settings.environment()).containsEntry("CYCLESTREAM_HTTP_HOST", "0.0.0.0");
        assertThat(translator.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getContainerPort()).isEqualTo(settings.number("CYCLESTREAM_HTTP_PORT"));
        });
        List<HTTPGetAction> probes = Stream.of(
                        translator.getStartupProbe(), translator.getLivenessProbe(), translator.getReadinessProbe())
                .map(Probe::getHttpGet)
                .toList();
        assertThat(probes).extracting(probe -> probe.getPort().getStrVal()).containsOnly("http");
        assertThat(probes).extracting(HTTPGetAction::getPath).containsExactly("/livez", "/livez", "/readyz");
        PodMonitor monitor = manifests.of(PodMonitor.class).get(0);
        var endpoint = monitor.getSpec().getPodMetricsEndpoints().get(0);
        assertThat(endpoint.getPort()).isEqualTo("http");
        for (String path : List.of("/livez", "/readyz", endpoint.getPath())) {
            assertThat(statusOf(path)).as(path).isEqualTo(200);
        }
        Service service = manifests.of(Service.class).get(0);
        assertThat(service.getSpec().getPorts().get(0).getTargetPort().getStrVal())
                .isEqualTo("http");
    }

    private static int statusOf(String path) throws IOException, InterruptedException {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (OperationsServer server = OperationsServer.start(
                anywhere, new Health(() -> true, Optional::empty), new MicrometerTranslationMetrics())) {
            URI uri = URI.create("http://localhost:" + server.address().getPort() + path);
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void podsAreGivenLongerToStopThanStoppingTakes(Manifests manifests) {
        assertThat(podsOfTheTranslator(manifests))
                .allSatisfy(pod -> assertThat(pod.getTerminationGracePeriodSeconds())
                        .isGreaterThan(TranslationApplication.CLOSE_TIMEOUT.toSeconds()));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void allThatSelectsPodsSelectsTheTranslators(Manifests manifests) {
        Deployment deployment = manifests.deployment().orElseThrow();
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        List<LabelSelector> selectors = Stream.of(
                        Stream.of(deployment.getSpec().getSelector()),
                        manifests.of(PodDisruptionBudget.class).stream()
                                .map(each -> each.getSpec().getSelector()),
                        manifests.of(NetworkPolicy.class).stream()
                                .map(each -> each.getSpec().getPodSelector()),
                        manifests.of(PodMonitor.class).stream()
                                .map(each -> each.getSpec().getSelector()),
                        deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints().stream()
                                .map(each -> each.getLabelSelector()))
                .flatMap(each -> each)
                .toList();
        assertThat(selectors).hasSize(6).allSatisfy(selector -> {
            assertThat(selector.getMatchLabels()).isNotEmpty();
            assertThat(labels).containsAllEntriesOf(selector.getMatchLabels());
        });
        Service service = manifests.of(Service.class).get(0);
        assertThat(service.getSpec().getSelector()).isNotEmpty();
        assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector());
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void everyPodHasAPolicyForWhatComesInAndWhatGoesOut(Manifests manifests) {
        assertThat(manifests.pods())
                .isNotEmpty()
                .allSatisfy(pod -> assertThat(manifests.of(NetworkPolicy.class))
                        .extracting(NetworkPolicy::getSpec)
                        .anySatisfy(policy -> {
                            assertThat(policy.getPodSelector().getMatchLabels()).isNotEmpty();
                            assertThat(pod.getMetadata().getLabels())
                                    .containsAllEntriesOf(
                                            policy.getPodSelector().getMatchLabels());
                            assertThat(policy.getPolicyTypes()).contains("Ingress", "Egress");
                        }));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void replicasAreBoundByPartitionsAndLagIsThatOfOurGroupAndTopics(Manifests manifests) {
        ContainerSettings settings = ContainerSettings.of(translator(manifests), manifests);
        for (GenericKubernetesResource scaler : manifests.of(GenericKubernetesResource.class)) {
            assertThat(scaler.<Integer>get("spec", "maxReplicaCount"))
                    .isEqualTo(settings.number("CYCLESTREAM_PARTITIONS"));
            assertThat(scaler.<String>get("spec", "scaleTargetRef", "name"))
                    .isEqualTo(
                            manifests.deployment().orElseThrow().getMetadata().getName());
            assertThat(scaler.<String>get("spec", "scaleTargetRef", "envSourceContainerName"))
                    .isEqualTo(translator(manifests).getName());
            assertThat(manifests.deployment().orElseThrow().getSpec().getReplicas())
                    .isNull();
            List<Map<String, Object>> triggers = scaler.get("spec", "triggers");
            assertThat(triggers).isNotEmpty().allSatisfy(trigger -> {
                Map<?, ?> metadata = (Map<?, ?>) trigger.get("metadata");
                metadata.forEach((key, value) -> {
                    if (key.toString().endsWith("FromEnv")) {
                        assertThat(settings.environment()).containsKey(value.toString());
                    }
                });
            });
            boolean both =
                    Stream.of("CYCLESTREAM_A_TO_B", "CYCLESTREAM_B_TO_A").allMatch(settings.environment()::containsKey);
            assertThat(triggers).hasSize(both ? 2 : 1);
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void instancesOfOneDirectionHaveAnApplicationIdOfTheirOwn(Manifests manifests) {
        Map<String, String> environment =
                ContainerSettings.of(translator(manifests), manifests).environment();
        boolean aToB = environment.containsKey("CYCLESTREAM_A_TO_B");
        boolean bToA = environment.containsKey("CYCLESTREAM_B_TO_A");
        String direction = aToB && bToA ? "" : aToB ? "-a-to-b" : "-b-to-a";
        assertThat(environment).containsEntry("CYCLESTREAM_APPLICATION_ID", "cyclestream" + direction);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void memoryHoldsHeapAndTheLargestImagesInWork(Manifests manifests) {
        Container translator = translator(manifests);
        ContainerSettings settings = ContainerSettings.of(translator, manifests);
        if (!"cpu".equals(settings.environment().get("CYCLESTREAM_DEVICE"))) {
            return; // on a GPU it is the GPU's memory
        }
        int side = settings.number("CYCLESTREAM_MAX_SIDE");
        double inWork = settings.number("CYCLESTREAM_WORKERS") * (double) side * side * NATIVE_BYTES_PER_PIXEL;
        Quantity limit = translator.getResources().getLimits().get("memory");
        assertThat(limit.getNumericalAmount().doubleValue() * (1 - HEAP_SHARE)).isGreaterThan(1.25 * inWork);
        assertThat(translator.getResources().getRequests().get("memory")).isEqualTo(limit);
        assertThat(settings.number("CYCLESTREAM_THREADS"))
                .isGreaterThanOrEqualTo(settings.number("CYCLESTREAM_WORKERS"));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void whatIsFetchedIsWhatRunsAndTheDemosHashesAreThoseOfItsFiles(Manifests manifests) throws IOException {
        PodSpec pod =
                manifests.deployment().orElseThrow().getSpec().getTemplate().getSpec();
        Map<String, String> environment =
                ContainerSettings.of(translator(manifests), manifests).environment();
        assertThat(pod.getInitContainers()).isNotEmpty();
        for (Container container : pod.getInitContainers()) {
            ContainerSettings fetch = ContainerSettings.of(container, manifests);
            List<String> arguments = fetch.arguments();
            assertThat(arguments.get(0)).isEqualTo("fetch");
            String target = arguments.get(arguments.indexOf("--output") + 1);
            String direction = container.getName().replace("fetch-", "");
            assertThat(environment).containsEntry(EnvironmentDefaults.variable("--" + direction), target);
            byte[] file = Files.readAllBytes(DemoCheckpoint.file(direction + ".onnx"));
            assertThat(fetch.environment()).containsEntry("CYCLESTREAM_SHA256", DigestUtils.sha256Hex(file));
        }
    }

    private static Container translator(Manifests manifests) {
        return manifests.deployment().orElseThrow().getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> container.getName().equals("translator"))
                .findFirst()
                .orElseThrow();
    }
}
