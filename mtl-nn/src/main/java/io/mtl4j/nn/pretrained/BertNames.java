package io.mtl4j.nn.pretrained;

import io.mtl4j.nn.layer.StartValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Which arrays of a folder the parameters of a {@link BertEncoder} start with. PyTorch keeps the weights of a dense layer as
 * {@code [outputs, inputs]}, this library as {@code [inputs, outputs]}.
 */
final class BertNames {

    private static final String WORDS = "embeddings.word_embeddings.weight";
    private static final String POOLER = "pooler.dense.";

    private final WeightFolder folder;
    private final BertFamily.Names names;
    private final String prefix;
    private final Map<String, StartValues> starts = new HashMap<>();

    BertNames(WeightFolder folder, BertFamily family) {
        this.folder = folder;
        this.names = family.names();
        this.prefix = folder.find(Stream.of(family.prefix() + WORDS)).isPresent() ? family.prefix() : "";
    }

    /** {@return whether there is a pooler} */
    boolean hasPooler() {
        return folder.find(Stream.of(prefix + POOLER + "weight")).isPresent();
    }

    /**
     * {@return the values of every parameter, by their names in the encoder}
     *
     * @param config the sizes, which the arrays must have
     * @param skipped number of rows at the start of the table of positions that stand for no position
     */
    Map<String, StartValues> starts(BertConfig config, int skipped) {
        long n = config.features();
        same("0.0.W", WORDS, config.vocabulary(), n);
        if (config.segments() > 0) {
            same("0.0.S", "embeddings.token_type_embeddings.weight", config.segments(), n);
        }
        String positions = folder.require(
                prefix + "embeddings.position_embeddings.weight", List.of((long) skipped + config.longest(), n));
        starts.put(
                "0.1.P",
                seed -> folder.read(positions)
                        .get(NDArrayIndex.interval(skipped, skipped + config.longest()), NDArrayIndex.all()));
        norm("0.2", "embeddings.LayerNorm", n);
        for (int i = 0; i < config.layers(); i++) {
            block((i + 1) + ".", names.block() + i + ".", n, config.feedForward());
        }
        if (config.pooler()) {
            dense(config.layers() + ".5", POOLER, n, n);
        }
        return starts;
    }

    private void block(String ours, String theirs, long n, long wide) {
        projections(ours + "0.body.0.", theirs, n);
        dense(ours + "0.body.0.", "o", theirs + names.attended() + ".", n, n);
        norm(ours + "1", theirs + names.attendedNorm(), n);
        dense(ours + "2.body.0", theirs + names.wide() + ".", n, wide);
        dense(ours + "2.body.1", theirs + names.narrow() + ".", wide, n);
        norm(ours + "3", theirs + names.norm(), n);
    }

    /** Queries, keys and values side by side. */
    private void projections(String ours, String theirs, long n) {
        List<String> weights = names.projections().stream()
                .map(name -> folder.require(prefix + theirs + name + ".weight", List.of(n, n)))
                .toList();
        List<String> biases = names.projections().stream()
                .map(name -> folder.require(prefix + theirs + name + ".bias", List.of(n)))
                .toList();
        starts.put(ours + "W", seed -> Nd4j.concat(0, read(weights)).transpose());
        starts.put(ours + "b", seed -> Nd4j.concat(0, read(biases)));
    }

    private INDArray[] read(List<String> arrays) {
        return arrays.stream().map(folder::read).toArray(INDArray[]::new);
    }

    private void dense(String ours, String theirs, long inputs, long outputs) {
        dense(ours + ".", "", theirs, inputs, outputs);
    }

    private void dense(String ours, String suffix, String theirs, long inputs, long outputs) {
        String weight = folder.require(prefix + theirs + "weight", List.of(outputs, inputs));
        starts.put(ours + "W" + suffix, seed -> folder.read(weight).transpose());
        same(ours + "b" + suffix, theirs + "bias", outputs);
    }

    /** Networks that came from TensorFlow call the scale gamma and the offset beta. */
    private void norm(String ours, String theirs, long n) {
        boolean tensorFlow = folder.find(Stream.of(prefix + theirs + ".gamma")).isPresent();
        same(ours + ".scale", theirs + (tensorFlow ? ".gamma" : ".weight"), n);
        same(ours + ".offset", theirs + (tensorFlow ? ".beta" : ".bias"), n);
    }

    private void same(String ours, String theirs, long... shape) {
        String name = folder.require(
                prefix + theirs, java.util.Arrays.stream(shape).boxed().toList());
        starts.put(ours, seed -> folder.read(name));
    }
}
