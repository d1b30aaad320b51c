package io.mtl4j.nn.sharing;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer as a function of one array. */
record LayerJoin(LayerSpec spec) implements JoinSpec {

    @Override
    public Join bind(List<Shape> inputs, Binder binder) {
        Layer layer = spec.bind(inputs.get(0), binder);
        if (!(spec instanceof Chain || spec instanceof Encoder)) {
            binder.describe(spec.getClass().getSimpleName(), layer.outputShape());
        }
        return new Bound(layer);
    }

    private record Bound(Layer layer) implements Join {

        @Override
        public Shape outputShape() {
            return layer.outputShape();
        }

        @Override
        public boolean takesBlocks() {
            return layer.takesBlocks();
        }

        @Override
        public INDArray forward(INDArray[] xs, Pass pass) {
            return layer.forward(xs[0], pass);
        }

        @Override
        public INDArray[] backward(INDArray gradient, Pass pass) {
            return new INDArray[] {layer.backward(gradient, pass)};
        }
    }
}
