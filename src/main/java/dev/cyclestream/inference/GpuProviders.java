package dev.cyclestream.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The execution providers of ONNX Runtime on a GPU: CUDA, and TensorRT before it if that is asked for. */
final class GpuProviders {

    private GpuProviders() {}

    /**
     * Makes sessions with these options run on a GPU.
     *
     * @throws IllegalArgumentException if the build or the machine lacks something; the message says what
     */
    static void add(OrtSession.SessionOptions options, int gpu, GpuSettings settings) {
        requireProvider(OrtProvider.CUDA, "CUDA");
        try {
            if (settings.tensorRtCache().isPresent()) {
                requireProvider(OrtProvider.TENSOR_RT, "TensorRT");
                addTensorRt(options, gpu, settings.tensorRtCache().get());
            }
            addCuda(options, gpu, settings.memoryLimit());
        } catch (OrtException e) {
            throw new IllegalArgumentException(
                    "no GPU can be used: ONNX Runtime needs an NVIDIA driver, CUDA 12 and cuDNN 9%s, and says: %s"
                            .formatted(settings.tensorRtCache().isPresent() ? ", and TensorRT 10" : "", e.getMessage()),
                    e);
        }
    }

    private static void requireProvider(OrtProvider provider, String name) {
        if (!OrtEnvironment.getAvailableProviders().contains(provider)) {
            throw new IllegalArgumentException(
                    "no GPU can be used: this build of ONNX Runtime has no %s; build with -P gpu".formatted(name));
        }
    }

    /** The default would search for the best convolution anew for every size of image, 0.6 s each time. */
    private static void addCuda(OrtSession.SessionOptions options, int gpu, Optional<Long> memoryLimit)
            throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu)) {
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            if (memoryLimit.isPresent()) {
                cuda.add("gpu_mem_limit", Long.toString(memoryLimit.get()));
            }
            options.addCUDA(cuda);
        }
    }

    private static void addTensorRt(OrtSession.SessionOptions options, int gpu, Path cache) throws OrtException {
        try {
            Files.createDirectories(cache);
        } catch (IOException e) {
            throw new UncheckedIOException(cache + ": cannot be made a folder for TensorRT's engines", e);
        }
        try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(gpu)) {
            tensorRt.add("trt_engine_cache_enable", "1");
            tensorRt.add("trt_engine_cache_path", cache.toString());
            tensorRt.add("trt_timing_cache_enable", "1");
            tensorRt.add("trt_timing_cache_path", cache.toString());
            options.addTensorrt(tensorRt);
        }
    }
}
