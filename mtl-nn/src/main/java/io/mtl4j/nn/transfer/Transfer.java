package io.mtl4j.nn.transfer;

import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.Architecture;
import io.mtl4j.nn.model.InputSpec;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.ModelHold;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Copies what fits from a trained model into one with other tasks, heads, or another way of sharing. Immutable; each method
 * of an option gives a changed copy.
 *
 * <pre>{@code
 * TransferReport report = Transfer.from(trained).to(model);
 * System.out.println(report.table());
 * }</pre>
 *
 * <p>An array goes where the model has one of the same name and shape. Names of heads, adapters, gates and the like have
 * their task's name in them, so that these go to the task of the same name; a head also asks for the same {@linkplain
 * io.mtl4j.task.TaskKind kind} of task. Buffers, such as running statistics, go to the input of the same name.
 *
 * <p>Ways of sharing give the encoder's layers names of their own, stage by stage or copy by copy. Where the names differ, an
 * array of the encoder goes by its place in the encoder instead: from an encoder that all tasks share to {@code adapters},
 * {@code mtan} or {@code hierarchical} and back; and to each copy that {@code soft}, {@code crossStitch} or {@code mmoe} makes
 * of it (experts that start alike part in training, as their gates differ; A. Komatsuzaki and others, "Sparse Upcycling", ICLR
 * 2023). Where the source itself has several copies and the name doesn't tell which, the array stays as it is.
 *
 * <p>All is planned before anything is copied. Models of one precision give bit for bit the same numbers; from double to single
 * precision, numbers are rounded. What optimisers and methods remember is not transferred.
 */
public final class Transfer {

    private final MultiTaskModel source;
    private final Predicate<Parameter> chosen;
    private final boolean onlyEncoder;
    private final boolean wholeEncoder;
    private final Map<String, String> inputs;

    private Transfer(
            MultiTaskModel source,
            Predicate<Parameter> chosen,
            boolean onlyEncoder,
            boolean wholeEncoder,
            Map<String, String> inputs) {
        this.source = source;
        this.chosen = chosen;
        this.onlyEncoder = onlyEncoder;
        this.wholeEncoder = wholeEncoder;
        this.inputs = Map.copyOf(inputs);
    }

    /**
     * {@return a transfer of all that fits}
     *
     * @param trained the source; it is not changed
     */
    public static Transfer from(MultiTaskModel trained) {
        return new Transfer(Objects.requireNonNull(trained, "trained"), p -> true, false, false, Map.of());
    }

    /**
     * {@return a transfer of all that fits from a model file}
     *
     * @param file as {@link ModelFiles#save} wrote it
     * @throws io.mtl4j.nn.persist.ModelFileException if the file is damaged, of another kind, or holds types that are not
     *     known; load such a model with {@link ModelFiles}
     */
    public static Transfer from(Path file) {
        return from(ModelFiles.load(file));
    }

    /** {@return this without the heads: of the encoder and the inputs' stems alone} */
    public Transfer encoderOnly() {
        return new Transfer(source, chosen, true, wholeEncoder, inputs);
    }

    /**
     * {@return this of some parameters alone, besides what was left out before} Buffers go with the parameters of their layer.
     *
     * @param which tells for each parameter of the model to copy into whether it may be changed
     */
    public Transfer parameters(Predicate<Parameter> which) {
        return new Transfer(
                source, chosen.and(Objects.requireNonNull(which, "which")), onlyEncoder, wholeEncoder, inputs);
    }

    /** {@return this, refused if any array of the model's encoder would stay as it is} */
    public Transfer wholeEncoder() {
        return new Transfer(source, chosen, onlyEncoder, true, inputs);
    }

    /**
     * {@return this with another input's stem and running statistics for one of the model's inputs}
     *
     * @param name the model's input
     * @param there the input of the source that it starts from
     * @throws IllegalArgumentException if the source has no such input
     */
    public Transfer input(String name, String there) {
        source.architecture().indexOfInput(there);
        Map<String, String> more = new HashMap<>(inputs);
        more.put(Objects.requireNonNull(name, "name"), there);
        return new Transfer(source, chosen, onlyEncoder, wholeEncoder, more);
    }

    /**
     * Copies.
     *
     * @param model receives the numbers
     * @return what was copied and what was not
     * @throws IllegalArgumentException if nothing fits, or the whole encoder was asked for and does not fit; the model is
     *     then as before
     * @throws IllegalStateException if one of the models was closed
     */
    public TransferReport to(MultiTaskModel model) {
        try (ModelHold from = source.hold();
                ModelHold into = model.hold()) {
            TransferPlan plan = planFor(model).check(wholeEncoder);
            plan.copy();
            return plan.report();
        }
    }

    /**
     * {@return what {@link #to} would do, with nothing copied}
     *
     * @param model a model
     */
    public TransferReport plan(MultiTaskModel model) {
        return planFor(model).report();
    }

    TransferPlan planFor(MultiTaskModel model) {
        if (model == source) {
            throw new IllegalArgumentException("transfer: from a model to itself; give another model to copy into");
        }
        inputs.keySet().forEach(model.architecture()::indexOfInput);
        return new TransferPlan(this, model);
    }

    /**
     * Makes a model of the source's inputs and encoder, with the source's numbers in it:
     *
     * <pre>{@code
     * MultiTaskModel model = Transfer.from(file).model(m -> m.task(Tasks.binary("loop")));
     * }</pre>
     *
     * @param rest adds the tasks, and the sharing if it is not to be hard; seed and data type are the source's unless set
     * @return the model; {@link #plan} tells what it took over
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public MultiTaskModel model(UnaryOperator<ModelBuilder> rest) {
        ModelBuilder builder = MultiTaskModel.builder()
                .encoder(source.architecture().encoder())
                .seed(source.seed())
                .dataType(source.network().type());
        for (InputSpec input : source.inputs()) {
            builder.input(input.name(), input.shape(), input.stem());
        }
        MultiTaskModel model = rest.apply(builder).build();
        to(model);
        return model;
    }

    /**
     * Makes a model that has all that the source has, and tasks besides.
     *
     * @param heads the heads of the tasks to add
     * @return the model, with the source's numbers in all but what belongs to the new tasks
     * @throws IllegalArgumentException if the source has a task of the same name, or the parts do not fit together
     */
    public MultiTaskModel plus(Head... heads) {
        Architecture old = source.architecture();
        List<Head> all = new ArrayList<>(old.heads());
        all.addAll(List.of(heads));
        Architecture larger = new Architecture(old.inputs(), old.encoder(), old.sharing(), all);
        MultiTaskModel model = MultiTaskModel.of(larger, source.network().type(), source.seed());
        to(model);
        return model;
    }

    MultiTaskModel source() {
        return source;
    }

    boolean wants(Parameter parameter) {
        return wants(parameter.name()) && chosen.test(parameter);
    }

    boolean wants(String name) {
        return !onlyEncoder || Piece.serves(name);
    }

    String inputThere(String input) {
        return inputs.getOrDefault(input, input);
    }
}
