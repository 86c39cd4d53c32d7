package dev.cyclestream.cli.value;

/** Brokers, {@code HOST:PORT}, several with commas between. */
public record BootstrapServers(String value) {

    public BootstrapServers {
        for (String address : value.split(",", -1)) {
            if (!Address.isHostAndPort(address.strip())) {
                throw new IllegalArgumentException("expected HOST:PORT, found \"%s\"".formatted(address));
            }
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
