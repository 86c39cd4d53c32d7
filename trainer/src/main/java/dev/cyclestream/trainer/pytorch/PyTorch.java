package dev.cyclestream.trainer.pytorch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.cyclestream.failure.WrongSetUpException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DJL's PyTorch engine, set up for training. */
public final class PyTorch {

    private static final String ENGINE = "PyTorch";
    private static final Pattern GPU_NAME = Pattern.compile("gpu(?::(\\d{1,3}))?");

    static {
        // DJL would report its use, and would look for native libraries elsewhere if they were not on the class path.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        // Optimised graphs come in after the first calls and round differently: a resumed run would not be the same.
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    }

    private PyTorch() {}

    /** A root for native memory on the CPU; closing it frees what was made under it. */
    public static NDManager newManager() {
        return newManager(Device.cpu());
    }

    /** A root for native memory on a device. */
    public static NDManager newManager(Device device) {
        return Engine.getEngine(ENGINE).newBaseManager(device);
    }

    /**
     * The device of this name.
     *
     * @param given {@code auto} takes a GPU where there is one
     * @throws WrongSetUpException if there is no such device, or no build for it
     */
    public static Device device(DeviceName given) {
        String name = given.value();
        int gpus = Engine.getEngine(ENGINE).getGpuCount();
        if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
            return Device.cpu();
        }
        Matcher matcher = GPU_NAME.matcher(name.equals("auto") ? "gpu" : name);
        if (!matcher.matches()) {
            throw new WrongSetUpException("device: expected cpu, gpu, gpu:N or auto, found " + name);
        }
        int number = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        if (number >= gpus) {
            throw new WrongSetUpException(
                    "device %s: PyTorch finds %d GPUs; it needs one with its driver, and a build with -Pcuda"
                            .formatted(name, gpus));
        }
        return Device.gpu(number);
    }

    /** Sets the number of threads of the CPU that one operation may use. */
    public static void useThreads(int count) {
        if (count < 1) {
            throw new WrongSetUpException("threads: expected at least 1, found " + count);
        }
        Engine.getEngine(ENGINE); // loads the native library
        JniUtils.setNumThreads(count);
    }
}
