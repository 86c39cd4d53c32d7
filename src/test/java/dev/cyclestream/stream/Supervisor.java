package dev.cyclestream.stream;

import dev.cyclestream.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** Starts an application again whenever it ends, as systemd and Kubernetes do, and keeps what it ended of. */
final class Supervisor implements AutoCloseable {

    /** Application id of the processes. */
    static final String APPLICATION = "supervised";

    private final Path folder;
    private final String heap;
    private final List<String> arguments;
    private final Admin admin;
    private final List<Stop> stops = new ArrayList<>();
    private ApplicationProcess process;
    private int started;

    /**
     * An instance that ended by itself.
     *
     * @param committed offsets, by topic and partition: the first record of one of them may be at fault
     * @param said the end of its log
     */
    record Stop(int exitCode, Map<String, Long> committed, String said) {}

    /**
     * Starts the first process.
     *
     * @param heap of each process, such as {@code 768m}
     */
    Supervisor(Path folder, String heap, KafkaConnection connection, List<String> arguments) throws IOException {
        this.folder = folder;
        this.heap = heap;
        this.arguments = new ArrayList<>(List.of(
                "run",
                "--bootstrap-servers",
                connection.bootstrapServers(),
                "--schema-registry",
                connection.schemaRegistry(),
                "--application-id",
                APPLICATION));
        this.arguments.addAll(arguments);
        this.admin = Admin.create(connection.clientSettings());
        start();
    }

    private void start() throws IOException {
        started++;
        process = ApplicationProcess.start(
                folder.resolve("run-%d.log".formatted(started)), List.of("-Xmx" + heap), arguments);
    }

    /** The process that runs now. */
    ApplicationProcess process() {
        return process;
    }

    /** Looks after the process. */
    void watch() throws Exception {
        if (!process.isAlive()) {
            String said = process.said();
            stops.add(new Stop(
                    process.exitCode(Duration.ZERO),
                    committed(),
                    said.lines()
                            .skip(Math.max(0, said.lines().count() - 40))
                            .map(line -> line.substring(0, Math.min(300, line.length())))
                            .collect(Collectors.joining("\n"))));
            start();
        }
    }

    /** {@code kill -9}, and a new one. */
    void kill() throws Exception {
        process.kill();
        start();
    }

    /** SIGTERM, and a new one; returns the exit code. */
    int replace(Duration patience) throws Exception {
        int exitCode = process.terminate(patience);
        start();
        return exitCode;
    }

    /** Whenever an instance ended by itself. */
    List<Stop> stops() {
        return stops;
    }

    /** What the group has committed, by topic and partition. */
    Map<String, Long> committed() throws Exception {
        Map<String, Long> committed = new TreeMap<>();
        admin.listConsumerGroupOffsets(APPLICATION)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> committed.put(partition.toString(), offset.offset()));
        return committed;
    }

    @Override
    public void close() {
        process.close();
        admin.close();
    }
}
