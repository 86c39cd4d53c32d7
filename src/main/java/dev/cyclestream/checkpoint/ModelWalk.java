package dev.cyclestream.checkpoint;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks at every message of an ONNX file, wherever it hangs: in subgraphs, functions, attributes, sparse tensors and what is
 * there for training. ONNX Runtime would read the files that external data name, run operators that others registered, and
 * believe dimensions that the bytes do not bear out.
 *
 * <p>How deep messages lie in one another is bounded by the parser, at 100.
 */
final class ModelWalk {

    private static final Set<String> STANDARD_DOMAINS = Set.of("", "ai.onnx");
    private static final long LARGEST_DIMENSION = Integer.MAX_VALUE;

    /** Fields of later versions of the format that hold names and remarks only; all others are refused. */
    private static final Map<Class<? extends Message>, Set<Integer>> LATER_FIELDS = Map.of(
            NodeProto.class, Set.of(8, 9),
            GraphProto.class, Set.of(16),
            TensorProto.class, Set.of(16),
            ValueInfoProto.class, Set.of(4),
            FunctionProto.class, Set.of(13, 14));

    private final String file;
    private final Set<String> operators = new TreeSet<>();
    private final Set<String> functions = new HashSet<>();

    private ModelWalk(String file) {
        this.file = file;
    }

    /**
     * Refuses what reaches outside the file or contradicts itself.
     *
     * @return names of the operators that it uses, wherever they are
     * @throws InvalidCheckpointException that names the message at fault
     */
    static Set<String> of(String file, ModelProto model) {
        ModelWalk walk = new ModelWalk(file);
        for (FunctionProto function : model.getFunctionsList()) {
            walk.functions.add(function.getDomain() + "::" + function.getName());
        }
        walk.look(model);
        return walk.operators;
    }

    private void look(Message message) {
        requireKnownFields(message);
        if (message instanceof TensorProto tensor) {
            TensorData.require(file, tensor);
        } else if (message instanceof NodeProto node) {
            requireKnownOperator(node);
            operators.add(node.getOpType());
        } else if (message instanceof Dimension dimension) {
            requirePossible(dimension);
        }
        for (Entry<?, Object> field : message.getAllFields().entrySet()) {
            if (field.getValue() instanceof Message part) {
                look(part);
            } else if (field.getValue() instanceof List<?> parts) {
                parts.stream()
                        .filter(Message.class::isInstance)
                        .map(Message.class::cast)
                        .forEach(this::look);
            }
        }
    }

    private void requireKnownFields(Message message) {
        Set<Integer> found = new TreeSet<>(message.getUnknownFields().asMap().keySet());
        found.removeAll(LATER_FIELDS.getOrDefault(message.getClass(), Set.of()));
        if (!found.isEmpty()) {
            throw new InvalidCheckpointException("%s: %s: expected fields of the ONNX format up to IR 9, found field %s"
                    .formatted(file, describe(message), found));
        }
    }

    private void requireKnownOperator(NodeProto node) {
        boolean known = STANDARD_DOMAINS.contains(node.getDomain())
                || functions.contains(node.getDomain() + "::" + node.getOpType());
        if (!known) {
            throw new InvalidCheckpointException("%s: node \"%s\": expected a standard ONNX operator, found %s::%s"
                    .formatted(file, node.getName(), node.getDomain(), node.getOpType()));
        }
    }

    /** -1 stands for any size in the files of some exporters. */
    private void requirePossible(Dimension dimension) {
        if (dimension.getDimValue() < -1 || dimension.getDimValue() > LARGEST_DIMENSION) {
            throw new InvalidCheckpointException("%s: expected dimensions of 0 to %d, found %d"
                    .formatted(file, LARGEST_DIMENSION, dimension.getDimValue()));
        }
    }

    private static String describe(Message message) {
        String name = "";
        if (message instanceof NodeProto node) {
            name = " \"" + node.getName() + "\"";
        } else if (message instanceof AttributeProto attribute) {
            name = " \"" + attribute.getName() + "\"";
        } else if (message instanceof TensorProto tensor) {
            name = " \"" + tensor.getName() + "\"";
        } else if (message instanceof StringStringEntryProto entry) {
            name = " \"" + entry.getKey() + "\"";
        }
        return message.getDescriptorForType().getName() + name;
    }
}
