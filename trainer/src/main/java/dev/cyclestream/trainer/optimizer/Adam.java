package dev.cyclestream.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
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

    private final Betas betas;
    private final List<NDArray> parameters;
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
                throw new IllegalArgumentException("%s: expected 0 <= beta < 1, found %s".formatted(name, value));
            }
        }
    }

    public Adam(List<NDArray> parameters, NDManager owner, Betas betas) {
        this.betas = betas;
        this.parameters = List.copyOf(parameters);
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
        for (int index = 0; index < parameters.size(); index++) {
            update(index, learningRate);
        }
    }

    private void update(int index, double learningRate) {
        NDArray parameter = parameters.get(index);
        NDArray m = firstMoments.get(index);
        NDArray v = secondMoments.get(index);
        try (NDManager scope = m.getManager().newSubManager()) {
            scope.tempAttachAll(m, v);
            NDArray gradient = parameter.getGradient();
            gradient.attach(scope); // it would stay on the parameter's manager
            m.muli(betas.first()).addi(gradient.mul(1 - betas.first()));
            v.muli(betas.second()).addi(gradient.square().muli(1 - betas.second()));
            double correction1 = 1 - Math.pow(betas.first(), (double) step);
            double correction2 = 1 - Math.pow(betas.second(), (double) step);
            NDArray denominator = v.sqrt().divi(Math.sqrt(correction2)).addi(EPSILON);
            parameter.subi(m.div(denominator).muli(learningRate / correction1));
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
    }
}
