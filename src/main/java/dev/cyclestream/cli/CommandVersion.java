package dev.cyclestream.cli;

import dev.cyclestream.stream.ApplicationVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class CommandVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"cyclestream " + ApplicationVersion.current()};
    }
}
