package io.mtl4j.aggregation;

import io.mtl4j.step.Jacobian.Granularity;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The aggregators, each with its usual parameters; change one with its {@code with...} methods or make it with its
 * constructor.
 *
 * <p>Which to use:
 *
 * <table>
 *   <caption>Aggregators by what they are for</caption>
 *   <tr><th>Wish</th><th>Method</th><th>What it costs</th></tr>
 *   <tr><td>a baseline; tasks that agree</td><td>{@link #sum}, {@link #mean}, {@link
 *   #constant}</td><td>nothing</td></tr>
 *   <tr><td>no task may get worse, progress for all: try first</td><td>{@link #upGrad}</td><td>K small quadratic
 *       programs</td></tr>
 *   <tr><td>the same, nearest to the mean gradient</td><td>{@link #dualProj}</td><td>one</td></tr>
 *   <tr><td>the same, a stop exactly where no common progress is left</td><td>{@link #mgda}</td><td>one; short
 *       gradients rule</td></tr>
 *   <tr><td>the mean loss, but mind the worst task</td><td>{@link #caGrad}</td><td>a few; choose c</td></tr>
 *   <tr><td>losses of different units</td><td>{@link #nashMtl}, {@link #fairGrad}, {@link #imtlG}, {@link #dbMtl}</td>
 *       <td>little; the first two hide how near an optimum is</td></tr>
 *   <tr><td>gradients equally long and free of conflict</td><td>{@link #alignedMtl}, {@link #conFig}</td><td>an
 *       eigen-decomposition; short steps when gradients are nearly dependent</td></tr>
 *   <tr><td>cheap conflict removal, as published often</td><td>{@link #pcGrad}, {@link #gradVac}</td><td>nothing;
 *       guarantees little with three tasks or more</td></tr>
 *   <tr><td>noise as regulariser</td><td>{@link #gradDrop}</td><td>whole gradients on the host</td></tr>
 *   <tr><td>small, noisy batches</td><td>{@link #moCo}, {@link #moDo}, {@link #sdmGrad}</td><td>K tracked gradients, or
 *       three batches a step</td></tr>
 *   <tr><td>noisy labels in some tasks</td><td>{@link #excessMtl}</td><td>K vectors of the gradient's size</td></tr>
 *   <tr><td>many like tasks of which some are broken</td><td>{@link #krum}, {@link #trimmedMean}</td><td>most gradients
 *       are ignored</td></tr>
 * </table>
 *
 * <p>Any of them works on each layer or parameter array by itself: {@link #perLayer}, {@link #perMatrix}. Those that need
 * the Gramian only work on the gradients of the shared representation as well, which takes one backward pass through the
 * encoder in place of K: {@link #onRepresentation}, {@link #mgdaUb}.
 */
public final class Aggregations {

    private static final Map<String, Supplier<Aggregator>> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("sum", Aggregations::sum),
            Map.entry("mean", Aggregations::mean),
            Map.entry("upgrad", Aggregations::upGrad),
            Map.entry("dualproj", Aggregations::dualProj),
            Map.entry("mgda", Aggregations::mgda),
            Map.entry("mgda-ub", Aggregations::mgdaUb),
            Map.entry("mgda-frank-wolfe", FrankWolfeMgda::new),
            Map.entry("pcgrad", Aggregations::pcGrad),
            Map.entry("gradvac", Aggregations::gradVac),
            Map.entry("graddrop", Aggregations::gradDrop),
            Map.entry("graddrop-representation", RepresentationGradDrop::new),
            Map.entry("imtl-g", Aggregations::imtlG),
            Map.entry("cagrad", Aggregations::caGrad),
            Map.entry("nash-mtl", Aggregations::nashMtl),
            Map.entry("fairgrad", Aggregations::fairGrad),
            Map.entry("aligned-mtl", Aggregations::alignedMtl),
            Map.entry("config", Aggregations::conFig),
            Map.entry("moco", Aggregations::moCo),
            Map.entry("modo", Aggregations::moDo),
            Map.entry("sdmgrad", Aggregations::sdmGrad),
            Map.entry("db-mtl", Aggregations::dbMtl),
            Map.entry("excess-mtl", Aggregations::excessMtl),
            Map.entry("krum", () -> krum(0)),
            Map.entry("trimmed-mean", () -> trimmedMean(1))));

    /** What may follow a name. */
    private static final Map<String, Function<Supplier<Aggregator>, Aggregator>> SCOPES = new TreeMap<>(Map.of(
            "-per-layer", Aggregations::perLayer,
            "-per-matrix", Aggregations::perMatrix,
            "-representation", method -> onRepresentation(method.get())));

    private Aggregations() {}

    /**
     * {@return a new aggregator with its usual parameters}
     *
     * <p>{@code krum} expects no outliers, {@code trimmed-mean} drops one entry at each end; {@code constant} needs
     * weights and has no name here.
     *
     * @param name one of {@link #names()}, alone or followed by {@code -per-layer}, {@code -per-matrix} or {@code
     *     -representation}, such as {@code pcgrad-per-layer}; see {@link #perLayer}, {@link #perMatrix}, {@link
     *     #onRepresentation}
     * @throws IllegalArgumentException if there is none of that name, or the method cannot work on what follows it
     */
    public static Aggregator byName(String name) {
        Supplier<Aggregator> found = BY_NAME.get(Objects.requireNonNull(name, "name"));
        return found != null ? found.get() : byNameAndScope(name);
    }

    private static Aggregator byNameAndScope(String name) {
        for (Map.Entry<String, Function<Supplier<Aggregator>, Aggregator>> scope : SCOPES.entrySet()) {
            if (name.endsWith(scope.getKey())) {
                Supplier<Aggregator> method = BY_NAME.get(
                        name.substring(0, name.length() - scope.getKey().length()));
                if (method != null) {
                    return scope.getValue().apply(method);
                }
            }
        }
        throw new IllegalArgumentException("aggregation \"" + name + "\": no such method; use one of " + names()
                + ", alone or followed by one of " + SCOPES.keySet());
    }

    private static OnRepresentation onRepresentation(Aggregator method) {
        if (method instanceof GramianAggregator inner) {
            return onRepresentation(inner);
        }
        throw new IllegalArgumentException("aggregation \"" + method.name() + "-representation\": \"" + method.name()
                + "\" is not a function of the Gramian alone; use it without \"-representation\"");
    }

    /** {@return the names that {@link #byName} knows, in alphabetical order} */
    public static Set<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    /** {@return the sum of the gradients} */
    public static Sum sum() {
        return new Sum();
    }

    /** {@return the mean of the gradients} */
    public static Mean mean() {
        return new Mean();
    }

    /**
     * {@return fixed weights}
     *
     * @param weights one a task, in the model's order
     * @throws IllegalArgumentException if one is NaN or infinite, or there are none
     */
    public static Constant constant(double... weights) {
        return new Constant(weights);
    }

    /** {@return UPGrad with equal preference} */
    public static UpGrad upGrad() {
        return new UpGrad();
    }

    /** {@return the mean gradient projected onto the dual cone} */
    public static DualProj dualProj() {
        return new DualProj();
    }

    /** {@return MGDA without normalisation} */
    public static Mgda mgda() {
        return new Mgda();
    }

    /** {@return MGDA-UB: {@link #mgda} on the gradients of the shared representation} */
    public static OnRepresentation mgdaUb() {
        return new OnRepresentation("mgda-ub", new Mgda());
    }

    /** {@return PCGrad with shuffled order} */
    public static PcGrad pcGrad() {
        return new PcGrad();
    }

    /** {@return GradVac with β = 0.5} */
    public static GradVac gradVac() {
        return new GradVac();
    }

    /** {@return GradDrop without leaks} */
    public static GradDrop gradDrop() {
        return new GradDrop();
    }

    /** {@return IMTL-G} */
    public static ImtlG imtlG() {
        return new ImtlG();
    }

    /** {@return CAGrad with c = 0.5, divided by 1 + c²} */
    public static CaGrad caGrad() {
        return new CaGrad();
    }

    /** {@return Nash-MTL with new weights at every step and d of length 1} */
    public static NashMtl nashMtl() {
        return new NashMtl();
    }

    /** {@return FairGrad with α = 1} */
    public static FairGrad fairGrad() {
        return new FairGrad();
    }

    /** {@return Aligned-MTL with the least eigenvalue as scale} */
    public static AlignedMtl alignedMtl() {
        return new AlignedMtl();
    }

    /** {@return ConFIG with equal cosines} */
    public static ConFig conFig() {
        return new ConFig();
    }

    /** {@return MoCo with its authors' rates} */
    public static MoCo moCo() {
        return new MoCo();
    }

    /** {@return MoDo with γ = 0.001, ρ = 0.1} */
    public static MoDo moDo() {
        return new MoDo();
    }

    /** {@return SDMGrad with λ = 0.3 and 20 iterations} */
    public static SdmGrad sdmGrad() {
        return new SdmGrad();
    }

    /** {@return DB-MTL with β = 0.9} */
    public static DbMtl dbMtl() {
        return new DbMtl();
    }

    /** {@return ExcessMTL with η = 0.01} */
    public static ExcessMtl excessMtl() {
        return new ExcessMtl();
    }

    /**
     * {@return Krum, which selects one gradient}
     *
     * @param outliers how many gradients may be wrong, at least 0; it needs three tasks more than that
     */
    public static Krum krum(int outliers) {
        return new Krum(outliers, 1);
    }

    /**
     * {@return the trimmed mean}
     *
     * @param trim how many entries of a coordinate are dropped at each end, at least 0
     */
    public static TrimmedMean trimmedMean(int trim) {
        return new TrimmedMean(trim);
    }

    /**
     * {@return a method on the gradients of the shared representation}
     *
     * @param inner the method, such as {@code Aggregations.upGrad()}
     */
    public static OnRepresentation onRepresentation(GramianAggregator inner) {
        return new OnRepresentation(inner);
    }

    /**
     * {@return a method for each layer}
     *
     * @param method makes a new method, such as {@code Aggregations::upGrad}
     */
    public static PerGroup perLayer(Supplier<? extends Aggregator> method) {
        return new PerGroup(method, Granularity.LAYER);
    }

    /**
     * {@return a method for each parameter array}
     *
     * @param method makes a new method, such as {@code Aggregations::upGrad}
     */
    public static PerGroup perMatrix(Supplier<? extends Aggregator> method) {
        return new PerGroup(method, Granularity.MATRIX);
    }
}
