package dev.cyclestream.trainer.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.cyclestream.process.EnvironmentVariable;
import dev.cyclestream.process.OnnxLibraries;
import dev.cyclestream.process.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * ONNX Runtime's environment, without the telemetry of its maker, of which a JVM with a long command line crashes, and without
 * libraries that stay in the folder for temporary files.
 */
final class OnnxEnvironment {

    private OnnxEnvironment() {}

    static OrtEnvironment environment() {
        boolean unused = new EnvironmentVariable("ORT_DISABLE_TELEMETRY", "1").setUnlessGiven();
        try {
            OnnxLibraries.unpack();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s: expected a folder for temporary files with 64 MB free, since ONNX Runtime is unpacked there, found: %s"
                            .formatted(TemporaryFolder.given(), e.getMessage()),
                    e);
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OnnxLibraries.loaded();
        return environment;
    }
}
