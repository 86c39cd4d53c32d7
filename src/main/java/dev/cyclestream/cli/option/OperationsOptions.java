package dev.cyclestream.cli.option;

import dev.cyclestream.cli.value.ListenAddress;
import dev.cyclestream.option.Range;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for what a service shows to operators. */
public final class OperationsOptions {

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

    /** The address to answer on; empty if nobody may ask. */
    public Optional<InetSocketAddress> address() {
        return httpPort.map(port -> new InetSocketAddress(httpHost.host(), port));
    }

    public LogFormat logFormat() {
        return logFormat;
    }
}
