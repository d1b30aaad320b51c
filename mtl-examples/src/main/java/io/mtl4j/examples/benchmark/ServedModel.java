package io.mtl4j.examples.benchmark;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A model to serve, with examples and the answers that it gives to one thread alone. */
final class ServedModel implements AutoCloseable {

    private final MultiTaskModel model;
    private final List<INDArray> examples = new ArrayList<>();
    private final List<Prediction> answers = new ArrayList<>();

    /**
     * Builds a reference network and asks it once for each example.
     *
     * @param reference the network
     * @param count the number of examples
     */
    ServedModel(ReferenceModel reference, int count) {
        model = reference.model(reference.tasks());
        INDArray all = RandomExamples.features(reference, count);
        for (int i = 0; i < count; i++) {
            INDArray example = all.get(NDArrayIndex.point(i)).dup('c');
            examples.add(example);
            answers.add(model.predict(example));
        }
    }

    /** {@return whether the answer to an example is bit for bit what it was to one thread alone} */
    boolean answersAsAlone(int example) {
        Prediction alone = answers.get(example);
        Prediction now = model.predict(examples.get(example));
        return model.tasks().names().stream()
                .allMatch(task -> Arrays.equals(
                        alone.task(task).probabilities(), now.task(task).probabilities()));
    }

    @Override
    public void close() {
        model.close();
    }
}
