package dev.cyclestream.cli;

import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a container is started with, as a cluster would.
 *
 * @param arguments with the variables in them replaced
 */
record ContainerSettings(List<String> arguments, Map<String, String> environment) {

    ContainerSettings {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    static ContainerSettings of(Container container, Manifests manifests) {
        Map<String, String> environment = new TreeMap<>();
        for (EnvFromSource source : container.getEnvFrom()) {
            if (source.getConfigMapRef() != null) {
                environment.putAll(manifests.data(source.getConfigMapRef().getName()));
            }
        }
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), value(variable, manifests));
        }
        List<String> arguments = container.getArgs().stream()
                .map(argument -> replaceVariables(argument, environment))
                .toList();
        return new ContainerSettings(arguments, environment);
    }

    private static String value(EnvVar variable, Manifests manifests) {
        if (variable.getValue() != null) {
            return variable.getValue();
        }
        ConfigMapKeySelector reference = variable.getValueFrom().getConfigMapKeyRef();
        String value = manifests.data(reference.getName()).get(reference.getKey());
        if (value == null) {
            throw new AssertionError("%s: expected key %s in ConfigMap %s, found none"
                    .formatted(manifests, reference.getKey(), reference.getName()));
        }
        return value;
    }

    private static String replaceVariables(String argument, Map<String, String> environment) {
        String replaced = argument;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            replaced = replaced.replace("$(" + variable.getKey() + ")", variable.getValue());
        }
        return replaced;
    }

    static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    int number(String variable) {
        return Integer.parseInt(environment.get(variable));
    }
}
