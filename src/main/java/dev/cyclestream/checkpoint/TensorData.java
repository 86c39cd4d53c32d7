package dev.cyclestream.checkpoint;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** The numbers of a constant tensor, checked against what the tensor says of itself. */
final class TensorData {

    /** Bits that one number takes in {@code raw_data}; of types that are not here, nothing is known. */
    private static final Map<DataType, Integer> BITS = Map.ofEntries(
            Map.entry(DataType.FLOAT, 32),
            Map.entry(DataType.UINT8, 8),
            Map.entry(DataType.INT8, 8),
            Map.entry(DataType.UINT16, 16),
            Map.entry(DataType.INT16, 16),
            Map.entry(DataType.INT32, 32),
            Map.entry(DataType.INT64, 64),
            Map.entry(DataType.BOOL, 8),
            Map.entry(DataType.FLOAT16, 16),
            Map.entry(DataType.DOUBLE, 64),
            Map.entry(DataType.UINT32, 32),
            Map.entry(DataType.UINT64, 64),
            Map.entry(DataType.COMPLEX64, 64),
            Map.entry(DataType.COMPLEX128, 128),
            Map.entry(DataType.BFLOAT16, 16));

    private static final int HALF_EXPONENT = 0x7C00;
    private static final int HALF_FRACTION = 0x03FF;

    private TensorData() {}

    /** @throws InvalidCheckpointException if the numbers are elsewhere, not as many as the dimensions say, or no numbers */
    static void require(String file, TensorProto tensor) {
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0) {
            throw invalid(file, tensor, "its data inside the file", "a reference to another file");
        }
        if (tensor.hasSegment()) {
            throw invalid(file, tensor, "all of its data", "a segment");
        }
        DataType type = DataType.forNumber(tensor.getDataType());
        if (type == DataType.UNDEFINED) {
            throw invalid(file, tensor, "a type", "none");
        }
        requireLength(file, tensor, type);
        if (type == DataType.FLOAT) {
            requireNumbers(file, tensor);
        } else if (type == DataType.FLOAT16) {
            requireHalves(file, tensor);
        }
    }

    private static void requireLength(String file, TensorProto tensor, DataType type) {
        long count = count(file, tensor);
        if (type == null) {
            requireNotFar(file, tensor, count);
            return;
        }
        boolean raw = tensor.hasRawData();
        long expected = raw ? bytes(count, BITS.getOrDefault(type, 0)) : count * numbersEach(type);
        long found = raw ? tensor.getRawData().size() : listed(tensor);
        if (found != expected) {
            throw invalid(
                    file,
                    tensor,
                    "%d %s for %s of %s".formatted(expected, raw ? "bytes" : "numbers", type, tensor.getDimsList()),
                    Long.toString(found));
        }
    }

    /** Of types of later versions of the format, only as much as the smallest takes is asked for: half a byte. */
    private static void requireNotFar(String file, TensorProto tensor, long count) {
        if (count > 2L * tensor.getRawData().size() + listed(tensor) * 2) {
            throw invalid(file, tensor, "numbers for " + tensor.getDimsList(), "fewer");
        }
    }

    /** The count of numbers that the dimensions make, no more than a file can hold. */
    private static long count(String file, TensorProto tensor) {
        long count = 1;
        for (long dimension : tensor.getDimsList()) {
            boolean tooMany = dimension > Integer.MAX_VALUE || count * Math.max(0, dimension) > Integer.MAX_VALUE;
            if (dimension < 0 || tooMany) {
                throw invalid(
                        file,
                        tensor,
                        "dimensions of what a file can hold",
                        tensor.getDimsList().toString());
            }
            count *= dimension;
        }
        return count;
    }

    private static long bytes(long count, int bits) {
        return count * bits / Byte.SIZE;
    }

    private static int numbersEach(DataType type) {
        return type == DataType.COMPLEX64 || type == DataType.COMPLEX128 ? 2 : 1;
    }

    /** Numbers in all the lists; a tensor has one of them. */
    private static long listed(TensorProto tensor) {
        return (long) tensor.getFloatDataCount()
                + tensor.getInt32DataCount()
                + tensor.getInt64DataCount()
                + tensor.getDoubleDataCount()
                + tensor.getUint64DataCount()
                + tensor.getStringDataCount();
    }

    /** A single infinity is a bound; among weights, it is the end of a training that diverged. */
    private static void requireNumbers(String file, TensorProto tensor) {
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int count = tensor.hasRawData() ? raw.remaining() / Float.BYTES : tensor.getFloatDataCount();
        for (int i = 0; i < count; i++) {
            float value = tensor.hasRawData() ? raw.getFloat() : tensor.getFloatData(i);
            if (Float.isNaN(value) || (Float.isInfinite(value) && count > 1)) {
                throw invalid(file, tensor, "finite weights", Float.toString(value));
            }
        }
    }

    private static void requireHalves(String file, TensorProto tensor) {
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int count = tensor.hasRawData() ? raw.remaining() / Short.BYTES : tensor.getInt32DataCount();
        for (int i = 0; i < count; i++) {
            int value = tensor.hasRawData() ? raw.getShort() : tensor.getInt32Data(i);
            boolean finite = (value & HALF_EXPONENT) != HALF_EXPONENT;
            boolean infinite = !finite && (value & HALF_FRACTION) == 0;
            if (!finite && (!infinite || count > 1)) {
                throw invalid(file, tensor, "finite weights", infinite ? "Infinity" : "NaN");
            }
        }
    }

    private static InvalidCheckpointException invalid(String file, TensorProto tensor, String expected, String found) {
        return new InvalidCheckpointException(
                "%s: tensor \"%s\": expected %s, found %s".formatted(file, tensor.getName(), expected, found));
    }
}
