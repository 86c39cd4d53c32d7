package dev.cyclestream.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.lang.reflect.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The resources of one file, read strictly: a field that the model does not know is refused. */
record Manifests(String name, List<HasMetadata> resources) {

    /** Where {@code .ci/manifests} puts what it renders; without it there are only the files themselves. */
    private static final Optional<Path> RENDERED =
            Optional.ofNullable(System.getProperty("manifests")).map(Path::of);

    private static final Path SOURCES = Path.of("..", "k8s");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
            Map.entry("keda.sh/v1alpha1 ScaledObject", GenericKubernetesResource.class));

    /** The model's classes keep what they do not know; this one does not see where they would. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return GenericKubernetesResource.class.isAssignableFrom(
                            ((Member) member.getAnnotated()).getDeclaringClass());
                }
            });

    Manifests {
        resources = List.copyOf(resources);
    }

    /** Files with whole resources as they are written; those of kustomize itself, and its patches, are none. */
    static List<Manifests> written() throws IOException {
        return read(SOURCES, file -> !file.endsWith("kustomization.yaml"));
    }

    /** The files of kustomize itself, as text. */
    static List<String> kustomizations() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.endsWith("kustomization.yaml")).toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    /** What kustomize makes of them; empty where nothing was rendered. */
    static List<Manifests> rendered() throws IOException {
        return RENDERED.isPresent() ? read(RENDERED.get(), file -> true) : List.of();
    }

    private static List<Manifests> read(Path folder, Predicate<Path> wanted) throws IOException {
        List<Manifests> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .filter(wanted)
                    .sorted()
                    .toList()) {
                all.add(parse(folder.relativize(file).toString(), Files.readString(file)));
            }
        }
        return all;
    }

    static Manifests parse(String name, String yaml) throws IOException {
        List<HasMetadata> resources = new ArrayList<>();
        for (Object each : new Yaml().loadAll(yaml)) { // not Jackson's, which knows no anchors
            JsonNode document = STRICT.valueToTree(each);
            String kind = document.path("apiVersion").asText() + " "
                    + document.path("kind").asText();
            Class<? extends HasMetadata> type = KINDS.get(kind);
            if (type == null) {
                throw new IOException("%s: expected one of %s, found %s".formatted(name, KINDS.keySet(), kind));
            }
            resources.add(STRICT.treeToValue(document, type));
        }
        return new Manifests(name, resources);
    }

    <T extends HasMetadata> List<T> of(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    Optional<Deployment> deployment() {
        return of(Deployment.class).stream().findFirst();
    }

    List<PodTemplateSpec> pods() {
        return Stream.concat(
                        of(Deployment.class).stream().map(each -> each.getSpec().getTemplate()),
                        of(Job.class).stream().map(each -> each.getSpec().getTemplate()))
                .toList();
    }

    /** Data of a ConfigMap. */
    Map<String, String> data(String configMap) {
        return of(ConfigMap.class).stream()
                .filter(each -> each.getMetadata().getName().equals(configMap))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("%s: expected ConfigMap %s, found none".formatted(name, configMap)))
                .getData();
    }

    @Override
    public String toString() {
        return name;
    }
}
