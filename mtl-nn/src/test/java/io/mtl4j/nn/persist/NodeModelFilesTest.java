package io.mtl4j.nn.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.data.GraphSource;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeModelFilesTest {

    @TempDir
    private Path folder;

    @Test
    void aModelOfGraphsAnswersAsBeforeItWasSaved() throws IOException {
        MultiTaskModel model = MultiTaskModel.builder()
                .input("graph", Shape.sequence(2))
                .encoder(Encoders.gnn().convolution(4).attention(6, 2))
                .task(Tasks.classification("kind", 3).graphAttention(4, 2).graphConvolution(3))
                .task(Tasks.nodeClassification("role", 2))
                .seed(5)
                .build();
        SourceBatch graphs = GraphSource.builder("graph")
                .nodes(new float[][][] {{{1, 2}, {3, 4}, {5, 6}}, {{7, 8}}})
                .edges(new int[][][] {{{0, 1}, {1, 2}}, {}})
                .build()
                .batch(new int[] {0, 1}, new SplittableRandom(1));
        Path file = folder.resolve("graphs.mtl");
        ModelFiles.save(model, file);
        MultiTaskModel loaded = ModelFiles.load(file);
        assertEquals(model.architecture(), loaded.architecture());
        assertEquals(model.outputs("graph", graphs), loaded.outputs("graph", graphs));
    }
}
