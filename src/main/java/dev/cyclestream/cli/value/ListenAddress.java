package dev.cyclestream.cli.value;

import dev.cyclestream.option.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Optional;

/** An address of this machine to answer on. */
public record ListenAddress(String host) implements Place {

    public ListenAddress {
        if (!host.matches("[A-Za-z0-9._:%\\[\\]-]+")) {
            throw new IllegalArgumentException(
                    "expected an address of this machine such as 127.0.0.1, found \"%s\"".formatted(host));
        }
    }

    @Override
    public Optional<String> fault() {
        return isOfThisMachine()
                ? Optional.empty()
                : Optional.of("expected an address of this machine, found \"%s\"".formatted(host));
    }

    private boolean isOfThisMachine() {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return host;
    }
}
