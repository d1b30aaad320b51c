package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.model.NetworkGradientCheck;
import io.mtl4j.nn.persist.ModelFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An encoder that also learns to restore its input, which is noisy where the input has a stem that drops elements. */
class ReconstructionTrainingTest {

    private static MultiTaskModel model(DataType type) {
        return MultiTaskModel.builder()
                .input("a", Shape.vector(4), new Dropout(0.2))
                .encoder(Encoders.mlp().activation(Activation.TANH).dense(8))
                .task(Tasks.classification("one", 3))
                .task(Tasks.reconstruction("self", Shape.vector(4)).hidden(8))
                .seed(3)
                .dataType(type)
                .build();
    }

    private static MultiTaskData data(int size, DataType type) {
        Fixtures.Rows rows = Fixtures.a(size, type);
        return MultiTaskData.of(new Fixtures.Rows("a", rows.features(), only(rows.labels(), "one")));
    }

    private static Map<String, INDArray> only(Map<String, INDArray> labels, String task) {
        return new TreeMap<>(Map.of(task, labels.get(task)));
    }

    @Test
    void gradientsMatchFiniteDifferences() {
        Network network = model(DataType.DOUBLE).network();
        MultiTaskBatch batch = Fixtures.batch(data(6, DataType.DOUBLE));
        NetworkGradientCheck.check(network, batch, Integer.MAX_VALUE, 1, 1);
    }

    @Test
    void learnsToRestoreItsInputWithoutLabelsAndIsTheSameWhenLoaded(@TempDir Path folder) {
        MultiTaskModel model = model(DataType.FLOAT);
        MultiTaskData data = data(120, DataType.FLOAT);
        double before = rmse(model, data);
        Trainer.builder(model)
                .epochs(20)
                .batchSize(30)
                .optimizer(new AdamW(1e-2, 0))
                .build()
                .fit(data, data);
        double after = rmse(model, data);
        assertTrue(after < 0.6 * before, before + " before, " + after + " afterwards");
        ModelFiles.save(model, folder.resolve("model.mtl"));
        MultiTaskModel loaded = ModelFiles.load(folder.resolve("model.mtl"));
        assertEquals(after, rmse(loaded, data));
        double[] restored = loaded.predict(1, 0, -1, 0.5f).task("self").values().get(0);
        assertEquals(4, restored.length);
        assertFalse(Double.isNaN(restored[0]));
    }

    private static double rmse(MultiTaskModel model, MultiTaskData data) {
        Evaluation evaluation = Evaluator.evaluate(model, data);
        return evaluation.task("self").metric("rmse");
    }
}
