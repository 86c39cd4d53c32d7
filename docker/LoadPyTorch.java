import ai.djl.engine.Engine;

/** Loads PyTorch once, so that DJL unpacks its libraries into the folder that DJL_CACHE_DIR names. */
public final class LoadPyTorch {

    private LoadPyTorch() {}

    public static void main(String[] arguments) {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        System.out.println(Engine.getEngine("PyTorch"));
    }
}
