package dev.cyclestream.trainer.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file {@code run.json} that says what a run is, in the folder of the run and in that of each of its saved states.
 *
 * @param folder that holds the file
 */
record DescriptionFile(Path folder) {

    static final String NAME = "run.json";

    boolean exists() {
        return Files.exists(path());
    }

    Path path() {
        return folder.resolve(NAME);
    }

    /** Writes the file aside and renames it, so that a reader sees a whole one. */
    void write(RunDescription description) throws IOException {
        Path aside = folder.resolve(NAME + ".partial");
        Files.writeString(aside, RunFile.GSON.toJson(description) + "\n");
        RunFile.force(aside);
        Files.move(aside, path(), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads what the run is.
     *
     * @throws InvalidRunException if there is no such file, or it is empty, cut off or another
     */
    RunDescription read() throws IOException {
        if (!exists()) {
            throw new InvalidRunException(folder + ": expected the folder of a training run, found no " + NAME);
        }
        return RunFile.parse(path().toString(), RunFile.text(path()), RunDescription.class);
    }
}
