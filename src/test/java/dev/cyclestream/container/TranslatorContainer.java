package dev.cyclestream.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.RestartPolicy;
import java.time.Duration;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** The translator in a container. */
final class TranslatorContainer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(1);

    private final GenericContainer<?> container;

    TranslatorContainer(GenericContainer<?> container) {
        this.container = container;
    }

    /** Starts it and waits until it has its partitions. */
    TranslatorContainer run() {
        container
                .waitingFor(Wait.forLogMessage(".*running: .*", 1).withStartupTimeout(PATIENCE))
                .start();
        return this;
    }

    /** Starts it without waiting; it is started again when it ends with a failure, as orchestrators do. */
    TranslatorContainer launchSupervised() {
        container.withCreateContainerCmdModifier(
                command -> command.getHostConfig().withRestartPolicy(RestartPolicy.onFailureRestart(0)));
        return launch();
    }

    /** Starts it without waiting. */
    TranslatorContainer launch() {
        container
                .waitingFor(Wait.forLogMessage(".*", 1).withStartupTimeout(PATIENCE))
                .start();
        return this;
    }

    boolean isRunning() {
        return Boolean.TRUE.equals(state().getRunning());
    }

    /** {@code starting}, {@code healthy} or {@code unhealthy}; empty where the image has no health check. */
    Optional<String> health() {
        return Optional.ofNullable(state().getHealth()).map(health -> health.getStatus());
    }

    /** SIGKILL. */
    void kill() {
        docker().killContainerCmd(container.getContainerId()).exec();
    }

    /** SIGTERM, as an engine sends it to process 1; returns the exit code. */
    long terminate() {
        docker().stopContainerCmd(container.getContainerId())
                .withTimeout((int) LONGEST_DRAIN.toSeconds())
                .exec();
        return exitCode();
    }

    /** Waits for the end. */
    long exitCode() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (isRunning()) {
            assertThat(System.nanoTime()).as(said()).isLessThan(end);
            pause();
        }
        return state().getExitCodeLong();
    }

    String said() {
        return container.getLogs();
    }

    private ContainerState state() {
        return docker().inspectContainerCmd(container.getContainerId()).exec().getState();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        container.stop();
    }
}
