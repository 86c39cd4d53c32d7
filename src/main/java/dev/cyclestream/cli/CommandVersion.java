package dev.cyclestream.cli;

import dev.cyclestream.stream.ApplicationVersion;
import picocli.CommandLine.IVersionProvider;

/** The lines that {@code --version} prints. */
final class CommandVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"cyclestream " + ApplicationVersion.current()};
    }
}
