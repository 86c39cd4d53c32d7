package dev.cyclestream.trainer.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.cyclestream.process.EnvironmentVariable;

/** ONNX Runtime's environment, without the telemetry of its maker, of which a JVM with a long command line crashes. */
final class QuietRuntime {

    private QuietRuntime() {}

    static OrtEnvironment environment() {
        boolean unused = new EnvironmentVariable("ORT_DISABLE_TELEMETRY", "1").setUnlessGiven();
        return OrtEnvironment.getEnvironment();
    }
}
