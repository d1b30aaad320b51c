package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slot;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A DL4J graph as a layer. */
final class GraphLayer implements Layer {

    private final GraphPlan plan;
    private final Shape outputShape;
    private final InputType inputType;
    private final InputType outputType;
    private final List<GraphSegment> segments;
    private final GraphReplicas replicas;
    private final boolean plain;
    private final boolean frozen;
    private final boolean needsGradient;
    private final Slot<GraphRun> slot;

    /**
     * Makes the layer.
     *
     * @throws IllegalArgumentException if it is frozen but must pass a gradient through layers that cannot when frozen
     */
    GraphLayer(
            GraphPlan plan,
            Shape outputShape,
            InputType inputType,
            InputType outputType,
            List<GraphSegment> segments,
            GraphReplicas replicas,
            GraphTraits traits,
            Binder binder) {
        this.plan = plan;
        this.outputShape = outputShape;
        this.inputType = inputType;
        this.outputType = outputType;
        this.segments = segments;
        this.replicas = replicas;
        this.plain = traits.plain();
        this.frozen = plan.encoder().frozen();
        this.needsGradient = binder.inputNeedsGradient() && !(plan.input() instanceof Shape.Tokens);
        this.slot = binder.slot();
        if (frozen && needsGradient && !plain) {
            throw new IllegalArgumentException("graph: it is frozen, but something trained stands before it, and DL4J"
                    + " has no gradients through batch normalisation, dropout and the like as they work in prediction;"
                    + " leave out the stem's parameters or do not freeze");
        }
    }

    @Override
    public Shape outputShape() {
        return outputShape;
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        boolean training = pass.training() && !frozen;
        INDArray input = GraphFormats.toGraph(x, inputType);
        GraphRun run = new GraphRun(
                input, pass.mask(), training, training ? pass.random().nextLong() : 0);
        GraphReplicas.Lease lease = replicas.take(run, pass);
        INDArray y;
        try {
            lease.hold(null);
            y = lease.replica().forward(run);
            lease.hold(training ? run : null);
        } finally {
            replicas.put(lease);
        }
        pass.save(slot, run);
        return GraphFormats.fromGraph(y, outputType);
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        if (frozen && !needsGradient) {
            clear(pass);
            return null;
        }
        GraphRun run = pass.load(slot);
        if (!run.training() && !plain) {
            throw new IllegalStateException("graph: DL4J has no gradients through batch normalisation, dropout and the"
                    + " like as they work in prediction; run backward in a training pass");
        }
        GraphReplicas.Lease lease = replicas.take(run, pass);
        try {
            if (!lease.holds(run)) {
                lease.replica().forward(run);
            }
            INDArray inputGradient = backward(lease.replica(), gradient, run, pass);
            lease.hold(plain && run.training() ? run : null);
            return inputGradient;
        } catch (RuntimeException e) {
            lease.hold(null);
            throw e;
        } finally {
            replicas.put(lease);
        }
    }

    private INDArray backward(GraphReplica replica, INDArray gradient, GraphRun run, Pass pass) {
        INDArray view = frozen ? null : gradientView(pass);
        INDArray target = view == null ? Nd4j.create(gradient.dataType(), 1, plan.length()) : view;
        INDArray given = GraphFormats.toGraph(gradient, outputType);
        INDArray dx = replica.backward(given == gradient ? gradient.dup() : given, target);
        if (frozen) {
            clear(pass);
        } else if (view == null) {
            distribute(target, run, pass);
        }
        if (!needsGradient) {
            return null;
        }
        return dx == null
                ? Nd4j.zeros(
                        gradient.dataType(),
                        GraphFormats.fromGraph(run.input(), inputType).shape())
                : GraphFormats.fromGraph(dx, inputType);
    }

    /** {@return one row over all gradients, if they lie so and there are no statistics among them; null otherwise} */
    private INDArray gradientView(Pass pass) {
        boolean trained = segments.stream().allMatch(GraphSegment::isTrained);
        return trained
                ? GraphVectors.over(
                        segments.stream().map(s -> pass.gradient(s.parameter())).toList())
                : null;
    }

    private void distribute(INDArray gradients, GraphRun run, Pass pass) {
        boolean move = run.training() && run.moveStatistics();
        for (GraphSegment segment : segments) {
            INDArray part = GraphVectors.part(gradients, segment);
            if (segment.isTrained()) {
                INDArray target = pass.gradient(segment.parameter());
                target.assign(part.reshape(target.shape()));
            } else if (move) {
                // What DL4J reports as the gradient of a running statistic is what it means to subtract from it.
                pass.buffer(segment.buffer()).subi(part);
            }
        }
    }

    private void clear(Pass pass) {
        for (GraphSegment segment : segments) {
            if (segment.isTrained()) {
                pass.gradient(segment.parameter()).assign(0);
            }
        }
    }
}
