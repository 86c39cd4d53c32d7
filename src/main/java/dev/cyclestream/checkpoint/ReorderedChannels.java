package dev.cyclestream.checkpoint;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;

/**
 * A checkpoint whose results have their colour channels in another order than those of the checkpoint that it was made from, and which
 * is the same otherwise: for demonstrations, which need a second one that is told apart at a glance. Nothing is trained, and the file
 * says so. Its self-test is right: what it expects is in the new order, too.
 */
public final class ReorderedChannels {

    private static final String SELF_TEST_OUTPUT = "cyclestream.self-test.output";
    private static final String AS_TRAINED = "cyclestream.as-trained";
    private static final String ORDER = "cyclestream.channel-order";

    private final List<Integer> order;

    /** @param order for red, green and blue of the results: which channel of the original is in that place; 0, 1 and 2, each once */
    public ReorderedChannels(List<Integer> order) {
        if (!order.stream().sorted().toList().equals(List.of(0, 1, 2))) {
            throw new IllegalArgumentException("order of channels: expected 0, 1 and 2, each once, found " + order);
        }
        this.order = List.copyOf(order);
    }

    /**
     * Makes the file.
     *
     * @throws InvalidCheckpointException if the original is not of our own form, and so has no self-test
     */
    public byte[] of(Checkpoint original) throws IOException {
        SelfTest selfTest = original.metadata()
                .orElseThrow(() -> new InvalidCheckpointException(
                        original.name() + ": expected a checkpoint of our own form, found a generator of others"))
                .selfTest();
        ModelProto.Builder model;
        try (InputStream content = original.content()) {
            model = ModelProto.parseFrom(content).toBuilder();
        }
        reorder(model.getGraphBuilder());
        for (StringStringEntryProto.Builder entry : model.getMetadataPropsBuilderList()) {
            if (entry.getKey().equals(SELF_TEST_OUTPUT)) {
                entry.setValue(Base64.getEncoder()
                        .encodeToString(reorder(selfTest.expected()).toBytes()));
            }
        }
        model.setDocString("For demonstration: %s, SHA-256 %s, with the colour channels of its results in the order %s."
                .formatted(original.name(), original.sha256(), order));
        return model.build().toByteArray();
    }

    /** A picture with its channels in this order. */
    public Picture reorder(Picture picture) {
        byte[] samples = picture.toBytes();
        byte[] reordered = new byte[samples.length];
        for (int sample = 0; sample < samples.length; sample++) {
            int channel = sample % Picture.CHANNELS;
            reordered[sample] = samples[sample - channel + order.get(channel)];
        }
        return new Picture(picture.width(), picture.height(), reordered);
    }

    /** One more node at the end, which takes the channels as they are to be. */
    private void reorder(GraphProto.Builder graph) {
        String output = graph.getOutput(0).getName();
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (int index = 0; index < node.getOutputCount(); index++) {
                if (node.getOutput(index).equals(output)) {
                    node.setOutput(index, AS_TRAINED);
                }
            }
        }
        graph.addInitializer(TensorProto.newBuilder()
                .setName(ORDER)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(order.size())
                .addAllInt64Data(order.stream().map(Integer::longValue).toList()));
        graph.addNode(NodeProto.newBuilder()
                .setName(ORDER)
                .setOpType("Gather")
                .addInput(AS_TRAINED)
                .addInput(ORDER)
                .addOutput(output)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("axis")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(ImageGraph.Layout.NHWC.channelAxis())));
    }
}
