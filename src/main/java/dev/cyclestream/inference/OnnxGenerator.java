package dev.cyclestream.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.ImageGraph;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.checkpoint.ValueRange;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A checkpoint loaded in ONNX Runtime through DJL. */
public final class OnnxGenerator implements Generator {

    private final String name;
    private final ImageGraph graph;
    private final ImageTensors input;
    private final ImageTensors output;
    private final Model model;
    private final ParameterStore noParameters;
    private final OrtSession.SessionOptions sessionOptions;
    private final String device;
    private final GeneratorForm form;

    private OnnxGenerator(Checkpoint checkpoint, Model model, OrtSession.SessionOptions sessionOptions, String device) {
        this.device = device;
        this.name = checkpoint.name();
        this.graph = checkpoint.graph();
        this.input = new ImageTensors(graph.input());
        this.output = new ImageTensors(graph.output());
        this.model = model;
        this.noParameters = new ParameterStore(model.getNDManager(), false);
        this.sessionOptions = sessionOptions;
        this.form = graph.isOwnForm() ? GeneratorForm.OWN : new Trial(checkpoint, this::runRaw).run();
    }

    /** The part of its form that no file holds. */
    public GeneratorForm form() {
        return form;
    }

    /** Loads a checkpoint on the CPU, whatever becomes of this process. */
    static OnnxGenerator loadHere(Checkpoint checkpoint) {
        RunsInHand.prepare();
        return load(checkpoint, InferenceSettings.ofCpu(), OptionalInt.empty());
    }

    /** Loads a checkpoint in this process; whoever calls has prepared ONNX Runtime and knows that the checkpoint does no harm. */
    static OnnxGenerator load(Checkpoint checkpoint, InferenceSettings settings, OptionalInt gpu) {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        // DJL would add a GPU by itself, with options of its own.
        Model model = Model.newInstance(checkpoint.name(), Device.cpu(), RunsInHand.ENGINE);
        try {
            options.setIntraOpNumThreads(settings.threadsForEachBatch());
            options.setInterOpNumThreads(1);
            // What fails is an exception; a trial lets it fail on purpose.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            if (gpu.isPresent()) {
                GpuProviders.add(options, gpu.getAsInt(), settings.gpu());
            }
            model.load(checkpoint.content(), Map.of("sessionOptions", options));
            Files.deleteIfExists(
                    model.getModelPath()); // an empty folder, which would stay where the process does not exit
            return new OnnxGenerator(checkpoint, model, options, gpu.isPresent() ? "gpu" + gpu.getAsInt() : "cpu");
        } catch (IllegalArgumentException
                | UncheckedIOException
                | InvalidCheckpointException
                | GeneratorFailedException e) {
            model.close();
            options.close();
            throw e;
        } catch (IOException | MalformedModelException | OrtException e) {
            model.close();
            options.close();
            throw new GeneratorFailedException(checkpoint.name() + ": ONNX Runtime does not load it: " + reason(e), e);
        }
    }

    @Override
    public List<Picture> translate(List<Picture> images) {
        SizeFit fit = new SizeFit(
                graph, form.multipleOf(), images.get(0).width(), images.get(0).height());
        List<Picture> fitting = images.stream().map(fit::before).toList();
        List<Picture> translated = new ArrayList<>();
        int most = graph.batch() == 0 ? fitting.size() : graph.batch();
        for (int start = 0; start < fitting.size(); start += most) {
            List<Picture> batch = fitting.subList(start, Math.min(fitting.size(), start + most));
            translated.addAll(RunsInHand.count(() -> run(batch)));
        }
        return translated.stream().map(fit::after).toList();
    }

    private List<Picture> run(List<Picture> images) {
        int width = images.get(0).width();
        int height = images.get(0).height();
        ByteBuffer samples = forward(images, form.input());
        try {
            List<Picture> translated = output.toImages(samples, form.output(), images.size(), width, height);
            NotANumber.require(images, translated);
            return translated;
        } catch (GeneratorFailedException e) {
            throw new GeneratorFailedException(name + ": output: " + e.getMessage(), e);
        }
    }

    private float[] runRaw(Picture image, ValueRange range) {
        return RunsInHand.count(
                () -> output.toNumbers(forward(List.of(image), range), 1, image.width(), image.height()));
    }

    private ByteBuffer forward(List<Picture> images, ValueRange range) {
        List<Picture> batch = new ArrayList<>(images);
        while (batch.size() < graph.batch()) {
            batch.add(images.get(0)); // a graph with a fixed batch takes no less
        }
        int width = images.get(0).width();
        int height = images.get(0).height();
        try (NDManager scope = model.getNDManager().newSubManager()) {
            NDArray samples =
                    scope.create(input.toSamples(batch, range), input.shape(batch.size(), height, width), input.type());
            NDArray result = model.getBlock()
                    .forward(noParameters, new NDList(samples), false)
                    .singletonOrThrow();
            Shape expected = output.shape(batch.size(), height, width);
            if (!result.getShape().equals(expected)) {
                throw new GeneratorFailedException(
                        "%s: expected output %s, found %s".formatted(name, expected, result.getShape()));
            }
            return result.toByteBuffer();
        } catch (EngineException e) {
            throw new GeneratorFailedException(name + ": ONNX Runtime failed: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public void close() {
        model.close();
        sessionOptions.close();
    }
}
