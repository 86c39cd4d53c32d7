package dev.cyclestream.trainer.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/** DJL's PyTorch engine, set up for training. */
public final class PyTorch {

    private static final String ENGINE = "PyTorch";

    static {
        // DJL would report its use, and would look for native libraries elsewhere if they were not on the class path.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        // Optimised graphs come in after the first calls and round differently: a resumed run would not be the same.
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    }

    private PyTorch() {}

    /** A root for native memory; closing it frees what was made under it. */
    public static NDManager newManager() {
        return Engine.getEngine(ENGINE).newBaseManager();
    }
}
