package dev.cyclestream.cli;

import dev.cyclestream.cli.value.ListenAddress;
import dev.cyclestream.ops.Health;
import dev.cyclestream.ops.MicrometerTranslationMetrics;
import dev.cyclestream.ops.OperationsServer;
import dev.cyclestream.option.Range;
import dev.cyclestream.stream.TranslationApplication;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** What a service shows to operators. */
final class OperationsOptions {

    private static final Logger LOGGER = LoggerFactory.getLogger(OperationsOptions.class);

    @Option(
            names = "--http-port",
            description = "Answer /livez, /readyz and /metrics on this port; 0 takes a free one. Default: none.")
    @Range(from = "0", to = "65535")
    private Optional<Integer> httpPort;

    @Option(
            names = "--http-host",
            defaultValue = "127.0.0.1",
            description = "Address to answer on; 0.0.0.0 lets others ask.")
    private ListenAddress httpHost;

    @Option(names = "--log-format", defaultValue = "text", description = "text, or json: an object a line.")
    private LogFormat logFormat;

    /** Begins to answer how an application is, if anyone may ask. */
    Optional<OperationsServer> serve(TranslationApplication application, MicrometerTranslationMetrics metrics)
            throws IOException {
        metrics.application(application);
        Health health = new Health(application::isAlive, application::whyNotReady);
        Optional<InetSocketAddress> address = address();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        OperationsServer server = OperationsServer.start(address.get(), health, metrics);
        LOGGER.info("operations: http:/{}/metrics", server.address());
        return Optional.of(server);
    }

    private Optional<InetSocketAddress> address() {
        return httpPort.map(port -> new InetSocketAddress(httpHost.host(), port));
    }

    LogFormat logFormat() {
        return logFormat;
    }
}
