package dev.cyclestream.container;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.shaded.org.awaitility.core.ConditionTimeoutException;

/**
 * Names of the images under test and of those around them. Each can be given by a system property, so that a closed network can
 * use its own; the translator's must have been built on this machine, the others are pulled if they are missing.
 */
final class ContainerImages {

    static final String TRANSLATOR = System.getProperty("cyclestream.image", "cyclestream:cpu");

    /** The one to roll to. */
    static final String NEXT = System.getProperty("cyclestream.next.image", TRANSLATOR);

    static final String KAFKA = System.getProperty("cyclestream.kafka.image", "apache/kafka:4.3.1");
    static final String REGISTRY = System.getProperty("cyclestream.registry.image", "apicurio/apicurio-registry:3.3.3");

    private ContainerImages() {}

    /** Why no container can be tested here; empty if they can. */
    static Optional<String> obstacle() {
        try {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                return Optional.of("no Docker engine answers");
            }
            DockerClientFactory.instance()
                    .client()
                    .inspectImageCmd(TRANSLATOR)
                    .exec()
                    .getId();
            return Optional.empty();
        } catch (NotFoundException e) {
            return Optional.of("there is no image %s; docker/README.md says how to build it".formatted(TRANSLATOR));
        } catch (ConditionTimeoutException e) { // in a container itself, Testcontainers runs another to find its host
            return Optional.of("no image can be pulled to find the host; set TESTCONTAINERS_HOST_OVERRIDE");
        }
    }
}
