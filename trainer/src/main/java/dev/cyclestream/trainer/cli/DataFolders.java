package dev.cyclestream.trainer.cli;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.trainer.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what is written out of the pictures that are learned from: the next run would learn from it, too. */
final class DataFolders {

    private DataFolders() {}

    /**
     * Makes sure that an output is neither the data set itself nor inside a folder of its pictures, links seen through.
     *
     * @throws WrongSetUpException that names the option
     */
    static void requireApart(Path data, OutputFolder output) throws IOException {
        Path written = output.realPath();
        if (Files.exists(data) && written.equals(data.toRealPath())) {
            throw new WrongSetUpException(
                    "--output: expected a folder beside the data set's, found the data set itself, " + output);
        }
        for (String name : DataSet.FOLDERS) {
            Path pictures = data.resolve(name);
            if (Files.exists(pictures) && written.startsWith(pictures.toRealPath())) {
                throw new WrongSetUpException("--output: expected a folder outside of the pictures in %s, found %s"
                        .formatted(pictures, output));
            }
        }
    }
}
