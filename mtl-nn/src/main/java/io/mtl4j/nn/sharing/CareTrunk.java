package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slot;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A bound {@link Care}.
 *
 * @param encoder what makes the context
 * @param tasks their names
 * @param branches by task
 * @param attention between the branches and the context
 * @param shape of the context, for the way back
 */
record CareTrunk(Layer encoder, List<String> tasks, List<Layer> branches, CareAttention attention, Slot<long[]> shape)
        implements Trunk {

    @Override
    public Shape representation(int task) {
        return encoder.outputShape();
    }

    @Override
    public boolean assignsAllShared() {
        return true;
    }

    @Override
    public INDArray[] forward(INDArray x, boolean[] wanted, Pass pass) {
        INDArray context = ImageLayout.plain(encoder.forward(x, pass));
        pass.save(shape, context.shape());
        INDArray rows = Positions.rows(Positions.of(context));
        List<INDArray> features = new ArrayList<>();
        branches.forEach(branch -> features.add(branch.forward(rows, pass)));
        features.add(rows);
        INDArray[] enriched = attention.forward(features, wanted, pass);
        for (int k = 0; k < wanted.length; k++) {
            enriched[k] = wanted[k] ? Positions.into(context.shape(), enriched[k]) : null;
        }
        return enriched;
    }

    @Override
    public INDArray backward(INDArray[] gradients, Pass pass) {
        long[] context = pass.load(shape);
        INDArray[] rows = GradientSums.of(gradients, gradients.length).all();
        for (int k = 0; k < rows.length; k++) {
            rows[k] = rows[k] == null ? null : Positions.rows(Positions.of(rows[k]));
        }
        INDArray[] ofFeatures = attention.backward(rows, pass);
        GradientSums sum = new GradientSums(1);
        sum.add(0, ofFeatures[branches.size()]);
        for (int k = 0; k < branches.size(); k++) {
            sum.add(0, branches.get(k).backward(ofFeatures[k], pass));
        }
        return encoder.backward(Positions.into(context, sum.all()[0]), pass);
    }

    /** How much each task takes of each branch and of the context, as the mean of its heads and of the real positions. */
    @Override
    public List<SharingChoice> choices(Pass pass) {
        List<String> sources = new ArrayList<>(tasks);
        sources.add("context");
        INDArray mask = encoder.outputShape() instanceof Shape.Sequence ? pass.mask() : null;
        INDArray[] weights = attention.weights(pass.load(shape)[0], mask, pass);
        List<SharingChoice> choices = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] != null) {
                choices.add(new SharingChoice(tasks.get(k), sources, weights[k]));
            }
        }
        return List.copyOf(choices);
    }
}
