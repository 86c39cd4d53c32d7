package dev.cyclestream.trainer.pytorch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A few lines of TorchScript that change tensors in place, in one native call: for what would otherwise be a native call for
 * each tensor and operator, such as the update of an optimiser. Records no gradients. Owns the loaded program.
 */
public final class NativeProgram implements AutoCloseable {

    private final Model model;

    /**
     * Loads the program.
     *
     * @param parameters lists of tensors first, then floats: {@code weights: List[Tensor], rate: float}
     * @param body statements, each indented by four spaces and ended by a line feed
     */
    public NativeProgram(String parameters, String body, NDManager manager) {
        String method =
                "  def forward(self: __torch__.Program, " + parameters + ") -> None:\n" + body + "    return None\n";
        model = load(method, manager);
    }

    /** The model that runs the methods of a program; the caller closes it. */
    static Model load(String methods, NDManager manager) {
        Model model = Model.newInstance(
                "program", manager.getDevice(), manager.getEngine().getEngineName());
        try {
            model.load(new ByteArrayInputStream(TorchScriptArchive.of(methods)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException("the generated program does not load", e);
        }
        return model;
    }

    /** Runs the program. */
    public void run(List<List<NDArray>> tensors, double... numbers) {
        List<IValue> arguments = new ArrayList<>();
        for (List<NDArray> list : tensors) {
            arguments.add(
                    IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new)));
        }
        for (double number : numbers) {
            arguments.add(IValue.from(number));
        }
        IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "forward", arguments.toArray(IValue[]::new))
                .close();
        arguments.forEach(IValue::close);
    }

    @Override
    public void close() {
        model.close();
    }
}
