package dev.cyclestream.trainer.onnx;

import ai.djl.ndarray.types.DataType;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Locale;

/** The precision in which a checkpoint keeps its weights. Either way it computes in float32, and its ends are uint8. */
public enum Precision {

    /** As they were trained. */
    FLOAT32(DataType.FLOAT32, TensorProto.DataType.FLOAT, 1),

    /** Rounded to 11 bits, for half the size; ONNX Runtime widens them once, when it loads the file. */
    FLOAT16(DataType.FLOAT16, TensorProto.DataType.FLOAT16, 2);

    private final DataType arrayType;
    private final TensorProto.DataType onnxType;
    private final int tolerance;

    Precision(DataType arrayType, TensorProto.DataType onnxType, int tolerance) {
        this.arrayType = arrayType;
        this.onnxType = onnxType;
        this.tolerance = tolerance;
    }

    DataType arrayType() {
        return arrayType;
    }

    TensorProto.DataType onnxType() {
        return onnxType;
    }

    /** The most that a sample, 0 to 255, may be off the trained network. Even equal results can round to both sides. */
    int tolerance() {
        return tolerance;
    }

    /** As the command line and the metadata spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
