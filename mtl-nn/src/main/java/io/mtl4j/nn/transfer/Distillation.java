package io.mtl4j.nn.transfer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.CrfFormat;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.LossFunction;
import io.mtl4j.nn.head.Losses;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.model.Architecture;
import io.mtl4j.nn.model.InputSpec;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.train.TrainingResult;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model that learns something new keeps what it knew, without the old data: on the new task's inputs, a copy of the model as it
 * was says what the old tasks' answers are, and the model learns to say the same (Z. Li and D. Hoiem, "Learning without
 * Forgetting", ECCV 2016, TPAMI 2018).
 *
 * <pre>{@code
 * MultiTaskModel model = Transfer.from(trained).plus(Tasks.classification("clothes", 10));
 * Distillation.of(trained)
 *         .temperature(2)
 *         .train(model, clothes, m -> Trainer.builder(m).weighting(Weightings.fixed(1, 1)).epochs(10));
 * }</pre>
 *
 * <p>Where the teacher gives probabilities p, the old tasks' labels are {@code q_c ∝ p_c^(1/T)}, for yes/no answers {@code q =
 * p^(1/T) / (p^(1/T) + (1-p)^(1/T))}, and their loss is {@code T² L(z / T, q)} with the {@linkplain
 * io.mtl4j.nn.head.TemperedLoss cross-entropy L} of the model's logits z: the paper's equations 2 and 3. The factor T² is
 * Hinton's, not the paper's, whose losses it brings to one scale whatever T is; what old tasks weigh against new ones says the
 * trainer's {@code weighting}. The old tasks' own loss, with its class weights or label smoothing, rests meanwhile. Regressions
 * keep their loss, with the teacher's values as labels. Labels that the data already have of these tasks are replaced.
 *
 * <p>This helps as far as the new inputs tell what the model did with the old ones. The paper trains the new head alone at first;
 * {@code Schedules.frozenBelow} and {@link Transfer} with a second training do that.
 *
 * @param teacher who knows the old tasks
 * @param temperature T, at least 1
 * @param tasks the names of the tasks that are taught
 */
public record Distillation(Predictor teacher, double temperature, Set<String> tasks) {

    private static final Set<TaskKind> TAUGHT = Collections.unmodifiableSet(EnumSet.of(
            TaskKind.BINARY, TaskKind.MULTI_CLASS, TaskKind.MULTI_LABEL, TaskKind.REGRESSION, TaskKind.TAGGING));

    /**
     * Checks that a teacher can teach these tasks.
     *
     * @throws IllegalArgumentException if the teacher does not have one, its answers cannot be labels, or the temperature is
     *     below 1
     */
    public Distillation {
        Objects.requireNonNull(teacher, "teacher");
        Require.within("distillation: temperature", temperature, 1, Double.MAX_VALUE);
        tasks = Collections.unmodifiableSet(new LinkedHashSet<>(tasks));
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("distillation: no tasks to teach; name at least one of "
                    + teacher.tasks().names());
        }
        for (String task : tasks) {
            requireTeachable(teacher.heads().get(teacher.tasks().indexOf(task)));
        }
    }

    /**
     * {@return distillation of a model as it is now, at temperature 2, the paper's}
     *
     * @param trained the teacher, of which a copy is taken; training the model does not change what the copy says
     * @param tasks the names of the tasks that are taught; none for all
     * @throws IllegalArgumentException if there is no such task, or its answers cannot be labels
     */
    public static Distillation of(MultiTaskModel trained, String... tasks) {
        return of((Predictor) trained, tasks);
    }

    /**
     * {@return distillation of a teacher, at temperature 2}
     *
     * @param teacher the teacher; of a model, a copy is taken; another, such as an ensemble, must not change meanwhile
     * @param tasks the names of the tasks that are taught; none for all
     * @throws IllegalArgumentException if there is no such task, or its answers cannot be labels
     */
    public static Distillation of(Predictor teacher, String... tasks) {
        List<String> names = tasks.length == 0 ? teacher.tasks().names() : List.of(tasks);
        Predictor own = teacher instanceof MultiTaskModel model ? model.copy() : teacher;
        return new Distillation(own, 2, new LinkedHashSet<>(names));
    }

    /**
     * {@return this at another temperature}
     *
     * @param value T, at least 1; the higher, the more the improbable answers count
     */
    public Distillation temperature(double value) {
        return new Distillation(teacher, value, tasks);
    }

    private static void requireTeachable(Head head) {
        boolean possible = head instanceof TaskHead one
                && TAUGHT.contains(one.task().kind())
                && !(one.format() instanceof CrfFormat);
        if (!possible) {
            throw new IllegalArgumentException("distillation: the answers of task \""
                    + head.task().name() + "\" of kind " + head.task().kind()
                    + " cannot be another model's labels; those of Tasks of the kinds " + TAUGHT
                    + " without a CRF can, so name them: Distillation.of(teacher, \"...\")");
        }
    }

    /**
     * {@return a source whose labels of the taught tasks are the teacher's answers} It reads the teacher on the thread that
     * gathers batches.
     *
     * @param source examples of an input that the teacher reads, with whatever labels
     * @throws IllegalArgumentException if none of the taught tasks reads this input
     */
    public DataSource teach(DataSource source) {
        Set<String> taught = taughtFrom(source.input());
        if (taught.isEmpty()) {
            throw new IllegalArgumentException("distillation: none of the tasks " + tasks + " reads input \""
                    + source.input() + "\" of the teacher, whose inputs are "
                    + teacher.inputs().stream().map(InputSpec::name).toList()
                    + "; give the new examples to the input that these tasks read");
        }
        return new DistilledSource(source, this, taught);
    }

    /**
     * {@return the same of each source whose input the teacher reads}
     *
     * @param data the new task's data
     * @throws IllegalArgumentException if the teacher reads none of the inputs
     */
    public MultiTaskData teach(MultiTaskData data) {
        if (data.sources().stream()
                .allMatch(source -> taughtFrom(source.input()).isEmpty())) {
            teach(data.sources().get(0)); // says what is wrong
        }
        return new MultiTaskData(data.sources().stream()
                .map(source -> taughtFrom(source.input()).isEmpty() ? source : teach(source))
                .toList());
    }

    private Set<String> taughtFrom(String input) {
        List<String> inputs = teacher.inputs().stream().map(InputSpec::name).toList();
        return teacher.heads().stream()
                .filter(head -> head.input().orElse(inputs.get(0)).equals(input))
                .map(head -> head.task().name())
                .filter(tasks::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * {@return a model of the same build and numbers, whose taught tasks learn from soft labels: with {@linkplain
     * Losses#tempered tempered} losses}
     *
     * @param model has the taught tasks
     * @throws IllegalArgumentException if it has not, or they are of other kinds or sizes
     */
    public MultiTaskModel student(MultiTaskModel model) {
        for (String task : tasks) {
            Task there = teacher.tasks().get(teacher.tasks().indexOf(task));
            Task here = model.tasks().get(model.tasks().indexOf(task));
            if (here.kind() != there.kind() || here.outputs() != there.outputs()) {
                throw new IllegalArgumentException("distillation: task \"" + task + "\" is " + here.kind() + " with "
                        + here.outputs() + " outputs, and the teacher's is " + there.kind() + " with "
                        + there.outputs() + "; teach tasks of one kind and size");
            }
        }
        Architecture plain = model.architecture();
        List<Head> heads = plain.heads().stream().map(this::softened).toList();
        MultiTaskModel student = MultiTaskModel.of(
                new Architecture(plain.inputs(), plain.encoder(), plain.sharing(), heads),
                model.network().type(),
                model.seed());
        Snapshot.of(model).restore(student);
        return student;
    }

    private Head softened(Head head) {
        if (!tasks.contains(head.task().name())) {
            return head;
        }
        requireTeachable(head);
        return switch (head.task().kind()) {
            case MULTI_CLASS, TAGGING -> tempered(head, Losses.crossEntropy());
            case BINARY, MULTI_LABEL -> tempered(head, Losses.binaryCrossEntropy());
            default -> head;
        };
    }

    private Head tempered(Head head, LossFunction loss) {
        return ((TaskHead) head).loss(Losses.tempered(loss, temperature));
    }

    /**
     * Trains a model on new data and on what the teacher says of them. The model learns as its {@link #student}, and then
     * takes over what that has learned.
     *
     * @param model has the taught tasks, and new ones; mostly made by {@link Transfer#plus}
     * @param data the new tasks' data
     * @param trainer makes a fresh trainer of the student, with all settings
     * @return what came out; losses of taught tasks are those of distillation
     * @throws IllegalArgumentException if teacher, model and data do not fit together
     */
    public TrainingResult train(
            MultiTaskModel model, MultiTaskData data, Function<MultiTaskModel, TrainerBuilder> trainer) {
        try (MultiTaskModel student = student(model)) {
            TrainingResult result = trainer.apply(student).build().fit(teach(data));
            Snapshot.of(student).restore(model);
            return result;
        }
    }

    /** What the taught tasks shall learn from a batch, by task. */
    Map<String, INDArray> targets(String input, SourceBatch batch) {
        Map<String, INDArray> answers = teacher.outputs(input, batch);
        Map<String, INDArray> targets = new LinkedHashMap<>();
        for (String task : tasks) {
            INDArray answer = answers.get(task);
            if (answer != null) {
                TaskKind kind =
                        teacher.tasks().get(teacher.tasks().indexOf(task)).kind();
                targets.put(task, soften(kind, answer));
            }
        }
        return targets;
    }

    private INDArray soften(TaskKind kind, INDArray answer) {
        if (kind == TaskKind.REGRESSION) {
            return answer;
        }
        boolean choice = kind == TaskKind.MULTI_CLASS || kind == TaskKind.TAGGING;
        int width = choice ? (int) answer.size(-1) : 1;
        double[] q = answer.dup('c').data().asDouble();
        for (int at = 0; at < q.length; at += width) {
            double sum = choice ? 0 : Math.pow(1 - q[at], 1 / temperature);
            for (int c = at; c < at + width; c++) {
                q[c] = Math.pow(q[c], 1 / temperature);
                sum += q[c];
            }
            for (int c = at; c < at + width; c++) {
                q[c] /= sum;
            }
        }
        return Nd4j.createFromArray(q).castTo(answer.dataType()).reshape('c', answer.shape());
    }
}
