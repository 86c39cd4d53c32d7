package dev.cyclestream.trainer.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.cyclestream.failure.WrongSetUpException;
import java.util.Collections;
import java.util.List;

/**
 * Adam (Kingma, Ba, ICLR 2015) with PyTorch's formula: {@code p -= rate / c1 * m / (sqrt(v) / sqrt(c2) + eps)}, where
 * {@code c1} and {@code c2} correct the bias of the moments {@code m} and {@code v}.
 *
 * <p>DJL's own Adam adds eps before the bias correction and keeps its moments to itself; these can be saved. Owns the
 * moments; {@link #close()} frees them.
 */
public final class Adam implements AutoCloseable {

    private static final double EPSILON = 1e-8;

    /** PyTorch's own update of all arrays in one pass over the memory. */
    private static final String PARAMETERS = "weights: List[Tensor], gradients: List[Tensor], first: List[Tensor], "
            + "second: List[Tensor], steps: List[Tensor], rate: float, beta1: float, beta2: float";

    private static final String UPDATE = """
                torch._fused_adam_(weights, gradients, first, second, [], steps, lr=rate, beta1=beta1, beta2=beta2, \
            weight_decay=0., eps=%s, amsgrad=False, maximize=False)
            """.formatted(EPSILON);

    private final Betas betas;
    private final List<NDArray> parameters;
    private final NativeProgram update;
    private final NDList firstMoments = new NDList();
    private final NDList secondMoments = new NDList();
    private long step;

    /** Decay of the mean and of the mean square of the gradients. */
    public record Betas(double first, double second) {

        public Betas {
            requireDecay("beta 1", first);
            requireDecay("beta 2", second);
        }

        /** 0.5 and 0.999, as the authors train. */
        public static Betas ofPaper() {
            return new Betas(0.5, 0.999);
        }

        private static void requireDecay(String name, double value) {
            if (!(value >= 0 && value < 1)) {
                throw new WrongSetUpException("%s: expected 0 <= beta < 1, found %s".formatted(name, value));
            }
        }
    }

    public Adam(List<NDArray> parameters, NDManager owner, Betas betas) {
        this.betas = betas;
        this.parameters = List.copyOf(parameters);
        this.update = new NativeProgram(PARAMETERS, UPDATE, owner);
        for (NDArray parameter : parameters) {
            firstMoments.add(owner.zeros(parameter.getShape(), parameter.getDataType()));
            secondMoments.add(owner.zeros(parameter.getShape(), parameter.getDataType()));
        }
    }

    /**
     * Moves every parameter against its gradient and clears the gradient. To be called outside gradient recording.
     *
     * @param learningRate of this step
     */
    public void step(double learningRate) {
        step++;
        try (NDManager scope = firstMoments.get(0).getManager().newSubManager()) {
            NDList gradients = new NDList();
            for (NDArray parameter : parameters) {
                NDArray gradient = parameter.getGradient();
                gradient.attach(scope); // it would stay on the parameter's manager
                gradients.add(gradient);
            }
            List<NDArray> steps = Collections.nCopies(parameters.size(), scope.create((float) step));
            update.run(
                    List.of(parameters, gradients, firstMoments, secondMoments, steps),
                    learningRate,
                    betas.first(),
                    betas.second());
        }
        for (NDArray parameter : parameters) {
            JniUtils.zeroGrad((PtNDArray) parameter);
        }
    }

    /** Steps taken so far. */
    public long stepsTaken() {
        return step;
    }

    /** The moments: of each parameter the first, then of each the second; they stay owned by this optimiser. */
    public NDList moments() {
        return new NDList(firstMoments).addAll(secondMoments);
    }

    /** Takes up where another run stopped, with copies of its moments. */
    public void restore(long stepsTaken, NDList moments) {
        int expected = 2 * parameters.size();
        if (moments.size() != expected) {
            throw new IllegalArgumentException(
                    "moments: expected %d arrays, found %d".formatted(expected, moments.size()));
        }
        replace(firstMoments, moments.subList(0, parameters.size()));
        replace(secondMoments, moments.subList(parameters.size(), expected));
        step = stepsTaken;
    }

    private static void replace(NDList own, List<NDArray> given) {
        for (int index = 0; index < own.size(); index++) {
            NDArray old = own.get(index);
            NDArray copy = given.get(index).duplicate();
            copy.attach(old.getManager());
            own.set(index, copy);
            old.close();
        }
    }

    @Override
    public void close() {
        firstMoments.close();
        secondMoments.close();
        update.close();
    }
}
