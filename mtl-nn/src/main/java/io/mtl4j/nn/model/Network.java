package io.mtl4j.nn.model;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.AdversarialHead;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.ParameterPenalty;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.sharing.SharingChoice;
import io.mtl4j.nn.sharing.Trunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A bound architecture with its numbers: the arithmetic of forward and backward passes.
 *
 * <p>Each input of a batch goes through its stem, the shared trunk and the heads of its tasks by itself. So the inputs'
 * batches may differ in size, an example trains only the tasks that it has labels for, and batch statistics never mix two
 * data sets.
 */
public final class Network {

    private static final String ENCODER = "encoder";

    private final Architecture architecture;
    private final ParameterStore store;
    private final Binder binder;
    private final List<Layer> stems;
    private final Trunk trunk;
    private final List<Layer> heads;
    private final Generators generators;
    private final DataType type;

    Network(Architecture architecture, DataType type, Seed seed) {
        this(architecture, type, Optional.of(seed));
    }

    /** Without a seed, the layers are bound but no memory is taken. */
    private Network(Architecture architecture, DataType type, Optional<Seed> seed) {
        this.architecture = architecture;
        this.type = type;
        this.binder = Binder.create();
        this.stems = bindStems();
        this.trunk = bindTrunk();
        this.heads = bindHeads();
        this.generators = new Generators(this, BoundGenerator.bind(architecture, binder));
        requireTraining();
        this.store = seed.map(start -> new ParameterStore(
                        binder.parameters(),
                        binder.buffers(),
                        architecture.inputs().size(),
                        type,
                        start))
                .orElse(null);
    }

    /**
     * {@return the number of parameters that a description asks for, found without taking memory for them}
     *
     * @param architecture the description
     * @throws IllegalArgumentException if the parts do not fit together, or a parameter is beyond all measure
     */
    public static long parameterCount(Architecture architecture) {
        Network bound = new Network(architecture, DataType.FLOAT, Optional.empty());
        return bound.binder.parameters().stream().mapToLong(Parameter::length).sum();
    }

    private void requireTraining() {
        if (binder.parameters().stream().noneMatch(p -> p.name().startsWith(ENCODER + '.') || p.shared())) {
            throw new IllegalArgumentException(
                    "the encoder \"" + architecture.encoder().kind()
                            + "\" has no parameters, so the tasks share nothing; give it at least one layer that learns");
        }
        if (binder.trainedParameters() == 0) {
            throw new IllegalArgumentException("all parameters are frozen, so there is nothing to train; leave at least"
                    + " a head's layer as it is");
        }
    }

    private List<Layer> bindStems() {
        List<Layer> bound = new ArrayList<>();
        for (int i = 0; i < architecture.inputs().size(); i++) {
            InputSpec input = architecture.inputs().get(i);
            Binder scope =
                    binder.child("stem:" + input.name()).ownedBy(stemOwner(i)).dataInput(!judged(i));
            bound.add(bind(input.stem(), input.shape(), scope));
        }
        return List.copyOf(bound);
    }

    /** Whether a critic reads this input, whose gradient a generator then follows. */
    private boolean judged(int input) {
        boolean[] readers = architecture.tasksOf(input);
        return IntStream.range(0, readers.length)
                .anyMatch(k -> readers[k] && architecture.heads().get(k) instanceof AdversarialHead);
    }

    /** A chain describes its layers, but a layer that stands alone has no one to describe it. */
    private static Layer bind(LayerSpec spec, Shape shape, Binder scope) {
        Layer layer = spec.bind(shape, scope);
        if (!(spec instanceof Chain)) {
            scope.describe(spec.getClass().getSimpleName(), layer.outputShape());
        }
        return layer;
    }

    /** A stem that serves one of several tasks belongs to that task: its gradient is no matter between tasks. */
    private int stemOwner(int input) {
        boolean[] readers = architecture.tasksOf(input);
        int owner = Parameter.SHARED;
        int count = 0;
        for (int k = 0; k < readers.length; k++) {
            if (readers[k]) {
                owner = k;
                count++;
            }
        }
        return count == 1 && readers.length > 1 ? owner : Parameter.SHARED;
    }

    private Trunk bindTrunk() {
        Shape shape = stems.get(0).outputShape();
        for (int i = 1; i < stems.size(); i++) {
            if (!stems.get(i).outputShape().equals(shape)) {
                throw new IllegalArgumentException("input \""
                        + architecture.inputs().get(i).name() + "\" reaches the encoder as "
                        + stems.get(i).outputShape() + " and input \""
                        + architecture.inputs().get(0).name() + "\" as " + shape
                        + "; give the inputs stems that bring them to one shape");
            }
        }
        boolean dataInput = binder.trainedParameters() == 0
                && !binder.hasActivationPenalties()
                && IntStream.range(0, stems.size()).noneMatch(this::judged);
        return architecture
                .sharing()
                .bind(
                        architecture.encoder(),
                        shape,
                        architecture.tasks().names(),
                        binder.child(ENCODER).dataInput(dataInput));
    }

    private List<Layer> bindHeads() {
        List<Layer> bound = new ArrayList<>();
        for (int k = 0; k < architecture.heads().size(); k++) {
            Head head = architecture.heads().get(k);
            Shape representation = trunk.representation(k);
            Binder scope = binder.child("head:" + head.task().name()).ownedBy(k);
            bound.add(bind(head.network(representation), representation, scope));
        }
        return List.copyOf(bound);
    }

    /** {@return the description this network was made of} */
    public Architecture architecture() {
        return architecture;
    }

    /** {@return the numbers} */
    public ParameterStore store() {
        return store;
    }

    /** {@return the data type of all arrays} */
    public DataType type() {
        return type;
    }

    /** {@return memory for gradients of this network} */
    public Gradients newGradients() {
        return new Gradients(store.layout(), heads.size(), type);
    }

    /** {@return the layers for the summary} */
    List<Binder.Description> descriptions() {
        return binder.descriptions();
    }

    /**
     * Runs a labelled batch forward.
     *
     * @param batch the batch
     * @param seed for dropout, a fresh one each step; null runs without dropout and with the running statistics
     * @return losses now, gradients when asked for; valid while the current arena is open
     * @throws IllegalArgumentException if an array does not fit the model
     */
    public BatchPass forward(MultiTaskBatch batch, Seed seed) {
        List<SourcePass> passes = new ArrayList<>();
        Map<Integer, AdversarialPass> adversaries = new TreeMap<>();
        for (InputSpec input : architecture.inputs()) {
            SourceBatch source = batch.sources().get(input.name());
            if (source != null) {
                int index = architecture.indexOfInput(input.name());
                SourcePass pass = forward(index, source, batch.skipped(), seed == null ? null : seed.child(index));
                passes.add(pass);
                adversaries.putAll(generators.oppose(pass, prepare(index, source.features()), seed));
            }
        }
        if (passes.size() != batch.sources().size()) {
            batch.sources().keySet().forEach(architecture::indexOfInput);
        }
        return new BatchPass(this, passes, adversaries);
    }

    private SourcePass forward(int input, SourceBatch source, Set<String> skipped, Seed seed) {
        boolean[] wanted = architecture.tasksOf(input);
        for (int k = 0; k < wanted.length; k++) {
            boolean takesPart = !skipped.contains(architecture.tasks().get(k).name());
            wanted[k] &= takesPart && targets(k, source) != null;
        }
        source.labels().keySet().forEach(task -> requireReader(task, input));
        SourcePass pass = new SourcePass(this, input, newPass(input, source, seed));
        pass.forward(prepare(input, source.features()), wanted, source);
        return pass;
    }

    /**
     * {@return what a task's head shall learn from a batch; null if the batch has nothing for it}
     *
     * @param task the task's number
     * @param source the batch
     */
    public INDArray targets(int task, SourceBatch source) {
        Head head = architecture.heads().get(task);
        return head.targets(source.labels().get(head.task().name()), source.features());
    }

    private void requireReader(String task, int input) {
        if (architecture.inputOf(architecture.tasks().indexOf(task)) != input) {
            throw new IllegalArgumentException("input \""
                    + architecture.inputs().get(input).name() + "\" brings labels of task \"" + task
                    + "\", which reads another input; put the labels with the input that the task reads");
        }
    }

    /**
     * Runs an input forward without labels and without dropout.
     *
     * @param input the input's number
     * @param features examples, batch first
     * @param steps mask of time steps, or null
     * @return logits by task; null for tasks that read another input
     * @throws IllegalArgumentException if the examples do not fit the input
     */
    public INDArray[] logits(int input, INDArray features, INDArray steps) {
        return logits(input, SourceBatch.of(features, steps));
    }

    /**
     * Runs an input forward without labels and without dropout.
     *
     * @param input the input's number
     * @param examples the examples, whose labels are not looked at
     * @return logits by task; null for tasks that read another input
     * @throws IllegalArgumentException if the examples do not fit the input
     */
    public INDArray[] logits(int input, SourceBatch examples) {
        SourcePass pass = new SourcePass(this, input, newPass(input, examples, null));
        return pass.logits(prepare(input, examples.features()), architecture.tasksOf(input));
    }

    /**
     * Runs a labelled batch forward without dropout, to be evaluated.
     *
     * @param input the input's number
     * @param source the batch
     * @return logits by task; null for tasks that read another input or have no targets in the batch
     * @throws IllegalArgumentException if the examples or labels do not fit the model
     */
    public TaskLogits[] evaluate(int input, SourceBatch source) {
        SourcePass pass = new SourcePass(this, input, newPass(input, source, null));
        return pass.evaluate(prepare(input, source.features()), architecture.tasksOf(input), source);
    }

    /**
     * {@return what the way of sharing chose for these examples, without dropout; empty if it has nothing to choose}
     *
     * @param input the input's number
     * @param examples the examples, whose labels are not looked at
     * @throws IllegalArgumentException if the examples do not fit the input
     */
    public List<SharingChoice> choices(int input, SourceBatch examples) {
        Pass pass = newPass(input, examples, null);
        new SourcePass(this, input, pass).logits(prepare(input, examples.features()), architecture.tasksOf(input));
        return trunk.choices(pass);
    }

    private INDArray prepare(int input, INDArray features) {
        InputSpec spec = architecture.inputs().get(input);
        spec.shape().check(features, "input \"" + spec.name() + "\"");
        return typed(features);
    }

    /** {@return the generators of adversarial tasks} */
    public Generators generators() {
        return generators;
    }

    /** A way for examples that are no data: running statistics do not follow them. */
    SourcePass aside(int input, Seed seed, boolean training) {
        return new SourcePass(this, input, asidePass(input, seed, training));
    }

    /** A pass that leaves running statistics as they are. */
    Pass asidePass(int input, Seed seed, boolean training) {
        return training
                ? newPass(Arrays.stream(store.buffers(input)).map(INDArray::dup).toArray(INDArray[]::new), null, seed)
                : newPass(input, null);
    }

    /** A pass for examples without time steps. */
    Pass newPass(int input, Seed seed) {
        return newPass(store.buffers(input), null, seed);
    }

    /** Room for gradients that nobody reads, in the memory of the current arena. */
    INDArray[] discarded() {
        return store.layout()
                .views(Nd4j.createUninitialized(type, store.layout().length()));
    }

    private Pass newPass(int input, SourceBatch examples, Seed seed) {
        Pass pass = newPass(store.buffers(input), typed(examples.steps()), seed);
        pass.relate(typed(examples.relations()));
        return pass;
    }

    /** Without a seed, dropout and batch statistics are not in use. */
    private Pass newPass(INDArray[] buffers, INDArray steps, Seed seed) {
        return new Pass(
                store.values(),
                buffers,
                binder.slots(),
                steps,
                seed == null ? null : seed.deviceGenerator(),
                seed != null);
    }

    private INDArray typed(INDArray array) {
        return array == null || array.dataType() == type ? array : array.castTo(type);
    }

    /** {@return whether layers penalise what they compute} */
    public boolean hasActivationPenalties() {
        return binder.hasActivationPenalties();
    }

    /** {@return what parameters pay for together} */
    public List<ParameterPenalty> parameterPenalties() {
        return binder.parameterPenalties();
    }

    Layer stem(int input) {
        return stems.get(input);
    }

    Trunk trunk() {
        return trunk;
    }

    Layer head(int task) {
        return heads.get(task);
    }

    /** {@return parameter counts by scope, such as {@code encoder.0}} */
    Map<String, Long> parameterCounts() {
        return binder.parameters().stream()
                .collect(Collectors.groupingBy(
                        p -> p.name().substring(0, p.name().lastIndexOf('.')),
                        LinkedHashMap::new,
                        Collectors.summingLong(Parameter::length)));
    }
}
