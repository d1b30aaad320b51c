package io.mtl4j.nn.layer;

import io.mtl4j.nn.layer.Parameter.Penalty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Where layers declare what they need while a model is put together. A binder is a view of one common record: {@link
 * #child}, {@link #regularized}, {@link #ownedBy}, {@link #dataInput}, {@link #frozen} and {@link #again} give other views of the same record.
 */
public final class Binder {

    private static final int MOST = 100_000;

    private final Declarations declarations;
    private final String prefix;
    private final double l1;
    private final double l2;
    private final int owner;
    private final boolean inputNeedsGradient;
    private final Parameter.Turn turn;
    private final Start start;
    private final boolean again;

    private Binder(
            Declarations declarations,
            String prefix,
            double l1,
            double l2,
            int owner,
            boolean inputNeedsGradient,
            Parameter.Turn turn,
            Start start,
            boolean again) {
        this.declarations = declarations;
        this.prefix = prefix;
        this.l1 = l1;
        this.l2 = l2;
        this.owner = owner;
        this.inputNeedsGradient = inputNeedsGradient;
        this.turn = turn;
        this.start = start;
        this.again = again;
    }

    /** {@return a binder for a new model} */
    public static Binder create() {
        return new Binder(
                new Declarations(), "", 0, 0, Parameter.SHARED, true, Parameter.Turn.JOINT, Start.DRAWN, false);
    }

    /**
     * {@return a view that prefixes names}
     *
     * @param name put before the names that follow, with a dot
     */
    public Binder child(String name) {
        return new Binder(
                declarations,
                prefix + Objects.requireNonNull(name) + ".",
                l1,
                l2,
                owner,
                inputNeedsGradient,
                turn,
                start,
                again);
    }

    /**
     * {@return a view whose weights are regularised}
     *
     * @param newL1 coefficient of the sum of absolute values, at least 0
     * @param newL2 coefficient of half the sum of squares, at least 0
     */
    public Binder regularized(double newL1, double newL2) {
        return new Binder(declarations, prefix, newL1, newL2, owner, inputNeedsGradient, turn, start, again);
    }

    /**
     * {@return a view whose parameters serve one task only}
     *
     * @param task the task's number, or {@link Parameter#SHARED}
     */
    public Binder ownedBy(int task) {
        return new Binder(declarations, prefix, l1, l2, task, inputNeedsGradient, turn, start, again);
    }

    /**
     * {@return a view that says whether the input is data, so that nobody uses its gradient}
     *
     * @param isData whether it is
     */
    public Binder dataInput(boolean isData) {
        return new Binder(declarations, prefix, l1, l2, owner, !isData, turn, start, again);
    }

    /** {@return a view whose parameters keep the values they start with; nothing below it can undo that} */
    public Binder frozen() {
        return new Binder(declarations, prefix, l1, l2, owner, inputNeedsGradient, Parameter.Turn.NEVER, start, again);
    }

    /**
     * {@return a view whose parameters start with given values instead of what the layers ask for}
     *
     * @param values the values of every parameter by the name that it has in this view
     */
    public Binder startingWith(Map<String, StartValues> values) {
        Start given = new Start(prefix.length(), Optional.of(Map.copyOf(values)));
        return new Binder(declarations, prefix, l1, l2, owner, inputNeedsGradient, turn, given, again);
    }

    /**
     * {@return a view that declares no new parameters and buffers, but finds those that were declared before under the same
     * names: what is bound with it computes with the same numbers at a second place of the model}
     *
     * <p>Each place has slots of its own. As each {@linkplain Layer#backward assigns} the gradients of its parameters, whoever
     * runs several places adds them up. Penalties on these parameters and lines of the summary are not declared a second time.
     */
    public Binder again() {
        return new Binder(declarations, prefix, l1, l2, owner, inputNeedsGradient, turn, start, true);
    }

    /**
     * {@return a view whose parameters the joint step of all tasks leaves as they are, for their owner changes them in a
     * step of its own} Frozen ones stay frozen.
     */
    public Binder ownStep() {
        return isFrozen()
                ? this
                : new Binder(declarations, prefix, l1, l2, owner, inputNeedsGradient, Parameter.Turn.OWN, start, again);
    }

    /** {@return whether parameters declared here keep the values they start with} */
    public boolean isFrozen() {
        return turn == Parameter.Turn.NEVER;
    }

    /** {@return the task whose parameters are declared here, or {@link Parameter#SHARED}} */
    public int owner() {
        return owner;
    }

    /** {@return whether {@link Layer#backward} must return the input's gradient} */
    public boolean inputNeedsGradient() {
        return inputNeedsGradient;
    }

    /**
     * Declares a weight: it decays and is regularised.
     *
     * @param name unique in the layer, such as {@code W}
     * @param initializer how it starts
     * @param fanIn number of inputs of a unit
     * @param fanOut number of units that an input reaches
     * @param shape its shape
     * @return the parameter
     */
    public Parameter weight(String name, Initializer initializer, long fanIn, long fanOut, long... shape) {
        return declare(name, initializer, fanIn, fanOut, new Penalty(true, l1, l2), Optional.empty(), shape);
    }

    /**
     * Declares a weight that starts with given values: it decays and is regularised.
     *
     * @param name unique in the layer, such as {@code W}
     * @param start the values
     * @param shape its shape
     * @return the parameter
     */
    public Parameter weight(String name, StartValues start, long... shape) {
        return declare(name, Initializer.ZEROS, 1, 1, new Penalty(true, l1, l2), Optional.of(start), shape);
    }

    /**
     * Declares a bias, scale or offset: it neither decays nor is regularised.
     *
     * @param name unique in the layer, such as {@code b}
     * @param initializer how it starts
     * @param shape its shape
     * @return the parameter
     */
    public Parameter bias(String name, Initializer initializer, long... shape) {
        return declare(name, initializer, 1, 1, new Penalty(false, 0, 0), Optional.empty(), shape);
    }

    /**
     * Declares a bias, scale or offset that starts with given values: it neither decays nor is regularised.
     *
     * @param name unique in the layer, such as {@code b}
     * @param start the values
     * @param shape its shape
     * @return the parameter
     */
    public Parameter bias(String name, StartValues start, long... shape) {
        return declare(name, Initializer.ZEROS, 1, 1, new Penalty(false, 0, 0), Optional.of(start), shape);
    }

    private Parameter declare(
            String name,
            Initializer initializer,
            long fanIn,
            long fanOut,
            Penalty penalty,
            Optional<StartValues> values,
            long... shape) {
        if (again) {
            return found(declarations.parameters, Parameter::name, name);
        }
        Parameter parameter = new Parameter(
                declarations.parameters.size(),
                prefix + name,
                shape.clone(),
                initializer,
                fanIn,
                fanOut,
                penalty,
                owner,
                start.of(prefix + name, values),
                turn);
        requireRoom(declarations.parameters.size());
        declarations.parameters.add(parameter);
        declarations.trained += parameter.trained() ? 1 : 0;
        return parameter;
    }

    /**
     * Declares an array that is kept but not trained.
     *
     * @param name unique in the layer, such as {@code mean}
     * @param fill its value at the start
     * @param shape its shape
     * @return the buffer
     */
    public Buffer buffer(String name, double fill, long... shape) {
        return declare(name, fill, Optional.empty(), shape);
    }

    /**
     * Declares an array that is kept but not trained, and starts with given values.
     *
     * @param name unique in the layer, such as {@code mean}
     * @param start the values
     * @param shape its shape
     * @return the buffer
     */
    public Buffer buffer(String name, StartValues start, long... shape) {
        return declare(name, 0, Optional.of(start), shape);
    }

    private Buffer declare(String name, double fill, Optional<StartValues> start, long... shape) {
        if (again) {
            return found(declarations.buffers, Buffer::name, name);
        }
        Buffer buffer = new Buffer(declarations.buffers.size(), prefix + name, shape.clone(), fill, start);
        declarations.buffers.add(buffer);
        return buffer;
    }

    private <T> T found(List<T> declared, Function<T, String> names, String name) {
        return declared.stream()
                .filter(each -> names.apply(each).equals(prefix + name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing is declared as \"" + prefix + name
                        + "\"; bind a layer once before it is bound again"));
    }

    /**
     * Declares a place to keep something from forward to backward.
     *
     * @param <T> the type of what is kept
     * @return the slot
     */
    public <T> Slot<T> slot() {
        requireRoom(declarations.slots);
        return new Slot<>(declarations.slots++);
    }

    /** A count of copies that is beyond all measure, such as in a file, must not take all memory before it is noticed. */
    private void requireRoom(int declared) {
        if (declared >= MOST) {
            throw new IllegalArgumentException("a model of more than " + MOST + " parts at \"" + prefix
                    + "\"; give fewer layers, experts or copies of the encoder");
        }
    }

    /** {@return all parameters declared so far, by index} */
    public List<Parameter> parameters() {
        return List.copyOf(declarations.parameters);
    }

    /** {@return the number of parameters declared so far that the joint step changes} */
    public long trainedParameters() {
        return declarations.trained;
    }

    /**
     * Declares something that parameters pay for, whatever the tasks' losses are.
     *
     * @param penalty what it is
     */
    public void penalty(ParameterPenalty penalty) {
        Objects.requireNonNull(penalty, "penalty");
        if (!again) {
            declarations.parameterPenalties.add(penalty);
        }
    }

    /** {@return the penalties on parameters declared so far} */
    public List<ParameterPenalty> parameterPenalties() {
        return List.copyOf(declarations.parameterPenalties);
    }

    /** Says that a layer will {@linkplain Pass#addPenalty penalise} what it computes. */
    public void penalizesActivations() {
        declarations.activationPenalties = true;
    }

    /** {@return whether any layer declared so far penalises what it computes} */
    public boolean hasActivationPenalties() {
        return declarations.activationPenalties;
    }

    /** {@return all buffers declared so far, by index} */
    public List<Buffer> buffers() {
        return List.copyOf(declarations.buffers);
    }

    /** {@return the number of slots declared so far} */
    public int slots() {
        return declarations.slots;
    }

    /**
     * Notes a layer for the model's summary.
     *
     * @param layer what it is, such as {@code Dense}
     * @param output the shape of its output
     */
    public void describe(String layer, Shape output) {
        if (!again) {
            declarations.descriptions.add(new Description(scope(), layer, output));
        }
    }

    /** {@return the layers noted so far, in order} */
    public List<Description> descriptions() {
        return List.copyOf(declarations.descriptions);
    }

    /**
     * A line of a model's summary.
     *
     * @param scope the prefix of the layer's parameters
     * @param layer what it is
     * @param output the shape of its output
     */
    public record Description(String scope, String layer, Shape output) {}

    /** {@return the prefix of names, without its last dot; empty at the root} */
    public String scope() {
        return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    }

    /** The values that parameters of a view start with, by the part of their names behind the view's own prefix. */
    private record Start(int prefix, Optional<Map<String, StartValues>> values) {

        private static final Start DRAWN = new Start(0, Optional.empty());

        Optional<StartValues> of(String parameter, Optional<StartValues> otherwise) {
            if (values.isEmpty()) {
                return otherwise;
            }
            String name = parameter.substring(prefix);
            StartValues found = values.get().get(name);
            if (found == null) {
                throw new IllegalArgumentException(
                        "parameter \"" + parameter + "\": no values to start \"" + name + "\" with; there are those of "
                                + new TreeSet<>(values.get().keySet()));
            }
            return Optional.of(found);
        }
    }

    /** What all views of a binder share. */
    private static final class Declarations {
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Buffer> buffers = new ArrayList<>();
        private final List<Description> descriptions = new ArrayList<>();
        private final List<ParameterPenalty> parameterPenalties = new ArrayList<>();
        private boolean activationPenalties;
        private int slots;
        private long trained;
    }
}
