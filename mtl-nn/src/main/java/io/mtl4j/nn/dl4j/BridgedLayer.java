package io.mtl4j.nn.dl4j;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * A layer of a running DL4J network that lets a {@link Layer} of this library compute.
 *
 * <p>Memory: what forward keeps must live until backward, so a training pass runs in the workspace of the activations. What
 * it returns is a copy, because DL4J's layers may overwrite their input while ours still needs its output. A pass that is
 * not training keeps nothing; should DL4J ask for its gradient, as below a frozen layer, it runs once more.
 */
final class BridgedLayer extends AbstractLayer<MtlLayer> {

    private static final long serialVersionUID = 1;

    private final transient Binding binding;
    private final transient Seed seed;
    private final transient INDArray flat;
    private final transient Map<String, INDArray> table;
    private final transient INDArray[] values;
    private final transient INDArray[] buffers;
    private transient INDArray flatGradient;
    private transient Map<String, INDArray> gradients = Map.of();
    private transient Pass pass;
    private transient Random random;
    private int iteration = -1;
    private int passes;

    BridgedLayer(
            NeuralNetConfiguration configuration,
            DataType type,
            Binding binding,
            INDArray flat,
            Map<String, INDArray> table) {
        super(configuration, type);
        this.binding = binding;
        this.seed = MtlParamInitializer.seed(configuration);
        this.flat = flat;
        this.table = new LinkedHashMap<>(table);
        this.values = parametersOf(table);
        this.buffers = binding.buffers().stream().map(b -> table.get(b.name())).toArray(INDArray[]::new);
    }

    private INDArray[] parametersOf(Map<String, INDArray> arrays) {
        return binding.parameters().stream().map(p -> arrays.get(p.name())).toArray(INDArray[]::new);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        applyDropOutIfNecessary(training, workspaces);
        if (!training) {
            pass = null;
            return workspaces.dup(ArrayType.ACTIVATIONS, forward(passForPrediction()), 'c');
        }
        INDArray y;
        try (MemoryWorkspace scope = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATIONS)) {
            pass = passForTraining();
            y = forward(pass);
        }
        return workspaces.dup(ArrayType.ACTIVATIONS, y, 'c');
    }

    private Pass passForPrediction() {
        return new Pass(values, buffers, binding.slots(), steps(), null, false);
    }

    /** Its buffers are copies: the updater moves the network's own, when it takes the step. */
    private Pass passForTraining() {
        INDArray[] moving = new INDArray[buffers.length];
        for (int i = 0; i < moving.length; i++) {
            moving[i] = buffers[i].dup();
        }
        return new Pass(values, moving, binding.slots(), steps(), nextRandom(), true);
    }

    private Random nextRandom() {
        if (iteration != getIterationCount()) {
            iteration = getIterationCount();
            passes = 0;
        }
        Seed next = seed.child(iteration).child(passes++);
        if (random == null) {
            random = next.deviceGenerator();
        } else {
            random.setSeed(next.value());
        }
        return random;
    }

    /** The mask of time steps, or null. */
    private INDArray steps() {
        return maskArray == null || !timed() ? null : maskArray.castTo(dataType).dup('c');
    }

    private boolean timed() {
        return binding.input() instanceof Shape.Sequence || binding.input() instanceof Shape.Tokens;
    }

    private INDArray forward(Pass run) {
        boolean last = layerConf().channelsLast();
        INDArray x = Formats.toLayer(input, binding.input(), last, dataType);
        binding.input().check(x, layerId());
        INDArray y = ImageLayout.plain(binding.layer().forward(x, run));
        return Formats.fromLayer(y, binding.layer().outputShape(), last);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        Pass run = pass;
        if (run == null) {
            run = passForPrediction();
            forward(run);
        }
        boolean last = layerConf().channelsLast();
        Layer layer = binding.layer();
        run.collectGradients(parametersOf(gradients));
        INDArray dx = layer.backward(Formats.toLayer(epsilon, layer.outputShape(), last, dataType), run);
        for (Buffer b : binding.buffers()) {
            buffers[b.index()].sub(run.buffer(b), gradients.get(b.name()));
        }
        Gradient gradient = new DefaultGradient();
        for (Parameter p : binding.parameters()) {
            gradient.setGradientFor(p.name(), gradients.get(p.name()));
        }
        if (dx == null) {
            return new Pair<>(gradient, null);
        }
        INDArray theirs = Formats.fromLayer(ImageLayout.plain(dx), binding.input(), last);
        INDArray result = workspaces.dup(ArrayType.ACTIVATION_GRAD, theirs, 'c');
        return new Pair<>(gradient, backpropDropOutIfPresent(result));
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
        Pair<INDArray, MaskState> onwards = super.feedForwardMaskArray(mask, state, batch);
        return timed() && !(binding.layer().outputShape() instanceof Shape.Sequence) ? null : onwards;
    }

    @Override
    public double calcRegularizationScore(boolean backpropParamsOnly) {
        double sum = 0;
        for (Parameter p : binding.parameters()) {
            for (Regularization r : layerConf().getRegularizationByParam(p.name())) {
                sum += r.score(table.get(p.name()), getIterationCount(), getEpochCount());
            }
        }
        return sum;
    }

    /** A buffer's gradient is the way it moves, whatever the number of examples. */
    @Override
    public boolean updaterDivideByMinibatch(String name) {
        return binding.parameter(name).isPresent();
    }

    @Override
    public void clear() {
        super.clear();
        pass = null;
    }

    @Override
    public INDArray params() {
        return flat;
    }

    @Override
    public long numParams() {
        return binding.length();
    }

    @Override
    public void setParams(INDArray params) {
        if (params != flat) {
            flat.assign(params.reshape(flat.shape()));
        }
    }

    @Override
    public INDArray getParam(String name) {
        return table.get(name);
    }

    @Override
    public void setParam(String name, INDArray value) {
        if (!table.containsKey(name)) {
            throw new IllegalArgumentException(layerId() + ": no parameter \"" + name + "\"; it has " + table.keySet());
        }
        table.get(name).assign(value);
    }

    @Override
    public void setParamTable(Map<String, INDArray> arrays) {
        arrays.forEach(this::setParam);
    }

    @Override
    public Map<String, INDArray> paramTable(boolean backpropParamsOnly) {
        return table;
    }

    /** {@return the gradients of the parameters, which DL4J may normalise; those of buffers, which it may not, lie behind} */
    @Override
    public INDArray getGradientsViewArray() {
        long trained = binding.trainedLength();
        return flatGradient == null || trained == 0
                ? null
                : flatGradient.reshape(flatGradient.length()).get(NDArrayIndex.interval(0, trained));
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray gradient) {
        flatGradient = gradient;
        gradients = gradient == null ? Map.of() : binding.views(gradient);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clearNoiseWeightParams() {
        // There is no weight noise.
    }
}
