package io.mtl4j.weighting;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The loss weightings that come with the library. In the formulas {@code L_k} is a task's mean loss in the step, {@code
 * w_k} its weight, and K the number of tasks present in the step.
 *
 * <p>Each call makes a new weighting for one training run.
 */
public final class Weightings {

    private static final Map<String, Supplier<LossWeighting>> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry(EqualWeighting.NAME, Weightings::equal),
            Map.entry(InverseLoss.NAME, Weightings::inverseLoss),
            Map.entry(UncertaintyWeighting.NAME, Weightings::uncertainty),
            Map.entry(DynamicWeightAverage.NAME, Weightings::dwa),
            Map.entry(RandomWeighting.NAME, Weightings::rlw),
            Map.entry(GeometricLoss.NAME, Weightings::gls),
            Map.entry(ImtlLoss.NAME, Weightings::imtlL),
            Map.entry(Famo.NAME, Weightings::famo),
            Map.entry(SmoothTchebycheff.NAME, Weightings::stch),
            Map.entry(GradNorm.NAME, Weightings::gradNorm),
            Map.entry(AutoLambda.NAME, Weightings::autoLambda),
            Map.entry(Forum.NAME, Weightings::forum),
            Map.entry(Moml.NAME, Weightings::moml)));

    private Weightings() {}

    /** {@return the names that {@link #byName} knows, in alphabetical order} */
    public static List<String> names() {
        return List.copyOf(Collections.unmodifiableMap(BY_NAME).keySet());
    }

    /**
     * {@return a weighting by name, with its defaults}
     *
     * @param name one of {@link #names()}; fixed weights have no defaults and so are not among them
     * @throws IllegalArgumentException if there is none of that name
     */
    public static LossWeighting byName(String name) {
        Supplier<LossWeighting> factory = BY_NAME.get(name);
        if (factory == null) {
            throw new IllegalArgumentException(
                    "no weighting \"" + name + "\"; there are " + names() + ", and fixed(...) for weights of your own");
        }
        return factory.get();
    }

    /** {@return the plain sum of the losses: {@code w_k = 1}} */
    public static LossWeighting equal() {
        return new EqualWeighting();
    }

    /**
     * Weights that stay as they are. A task of weight 0 is not learned by the shared part, even when it is the only one
     * present.
     *
     * @param weights one weight for each task in the model's order, {@code [K]}; finite, at least 0, one above 0
     * @return the weighting; it throws IllegalArgumentException at the first step if the model has another number of
     *     tasks
     * @throws IllegalArgumentException if a weight is out of its range
     */
    public static LossWeighting fixed(double... weights) {
        return new FixedWeighting(weights);
    }

    /**
     * As {@link #fixed(double...)}, by the names of the tasks.
     *
     * @param weights one weight for each task
     * @return the weighting; it throws IllegalArgumentException at the first step if a task has no weight or is unknown
     * @throws IllegalArgumentException if a weight is out of its range
     */
    public static LossWeighting fixed(Map<String, Double> weights) {
        return new FixedWeighting(weights);
    }

    /** {@return {@link #inverseLoss(double)} with ε = 1e-8} */
    public static LossWeighting inverseLoss() {
        return inverseLoss(1e-8);
    }

    /**
     * Weights inverse to the losses, {@code w_k = 1 / (L_k + ε)}, taken as constants in the gradient: every task then
     * counts alike whatever the unit of its loss. The same as following the gradient of {@code Σ log(L_k + ε)}; so the
     * steps become larger as losses fall, unless the optimiser is insensitive to that or the weights are {@link
     * #normalized}.
     *
     * @param epsilon ε, above 0: the greatest weight is 1/ε
     * @return the weighting; its domain is losses of at least 0
     * @throws IllegalArgumentException if {@code epsilon} is out of its range
     */
    public static LossWeighting inverseLoss(double epsilon) {
        return new InverseLoss(epsilon);
    }

    /** {@return {@link #uncertainty(double, WeightOptimizer)} from s = -0.5 by Adam of rate 0.01} */
    public static LossWeighting uncertainty() {
        return uncertainty(-0.5, WeightOptimizer.adam(0.01));
    }

    /**
     * Uncertainty weighting (Kendall, Gal and Cipolla, Multi-Task Learning Using Uncertainty to Weigh Losses, CVPR
     * 2018): {@code w_k = 1 / (2 exp s_k)}, where the log variances {@code s_k} follow the gradient of {@code Σ L_k /
     * (2 exp s_k) + s_k / 2}, that is {@code 1/2 - w_k L_k}.
     *
     * <p>Deviations: s has an optimiser of its own, apart from the model's, and is kept within ±50.
     *
     * @param initialLogVariance s before the first step, from -50 to 50
     * @param optimizer how s is learned
     * @return the weighting
     * @throws IllegalArgumentException if {@code initialLogVariance} is out of its range
     */
    public static LossWeighting uncertainty(double initialLogVariance, WeightOptimizer optimizer) {
        return new UncertaintyWeighting(initialLogVariance, optimizer);
    }

    /** {@return {@link #dwa(double)} with T = 2} */
    public static LossWeighting dwa() {
        return dwa(2);
    }

    /**
     * Dynamic weight average (Liu, Johns and Davison, End-to-End Multi-Task Learning with Attention, CVPR 2019,
     * equation 7): {@code w_k = K softmax(r / T)_k}, where {@code r_k = L_k(t-1) / L_k(t-2)} is the ratio of the task's
     * mean losses in the last two epochs. A task that falls slowly gets more weight. In the first two epochs all
     * weights are 1.
     *
     * <p>An epoch's mean is over the steps in which the task was present; where one of the two means is not known, or
     * the earlier is 0, r is 1.
     *
     * @param temperature T, above 0; larger values make the weights more alike
     * @return the weighting; its domain is losses of at least 0
     * @throws IllegalArgumentException if {@code temperature} is out of its range
     */
    public static LossWeighting dwa(double temperature) {
        return new DynamicWeightAverage(temperature);
    }

    /**
     * Random loss weighting (Lin, Ye, Zhang and Tsang, Reasonable Effectiveness of Random Weighting, TMLR 2022): {@code
     * w = softmax(z)} with {@code z ~ N(0, I)} drawn at every step from the step's own random numbers. The weights sum
     * to 1.
     *
     * @return the weighting
     */
    public static LossWeighting rlw() {
        return new RandomWeighting();
    }

    /**
     * Geometric loss strategy (Chennupati et al., MultiNet++, CVPR Workshops 2019): the gradient of the geometric mean
     * {@code (Π L_j)^(1/K)}, that is {@code w_k = (Π L_j)^(1/K) / (K L_k)}.
     *
     * <p>Deviation: a loss below 1e-12 of the greatest counts as that, since the weight is not defined for a loss of 0;
     * when all losses are 0, {@code w_k = 1/K}.
     *
     * @return the weighting; its domain is losses of at least 0
     */
    public static LossWeighting gls() {
        return new GeometricLoss();
    }

    /** {@return {@link #imtlL(WeightOptimizer)} by Adam of rate 0.01} */
    public static LossWeighting imtlL() {
        return imtlL(WeightOptimizer.adam(0.01));
    }

    /**
     * IMTL-L, the loss balance of impartial multi-task learning (Liu et al., Towards Impartial Multi-task Learning,
     * ICLR 2021, section 3.2): {@code w_k = exp s_k}, where s follows the gradient of {@code Σ exp(s_k) L_k - s_k},
     * that is {@code exp(s_k) L_k - 1}, from 0; so {@code w_k L_k} tends to 1.
     *
     * <p>Deviations: s has an optimiser of its own, apart from the model's, and is kept within ±50.
     *
     * @param optimizer how s is learned
     * @return the weighting; its domain is losses of at least 0
     */
    public static LossWeighting imtlL(WeightOptimizer optimizer) {
        return new ImtlLoss(optimizer);
    }

    /** {@return {@link #famo(WeightOptimizer)} by Adam of rate 0.025 with weight decay 0.001, as in the paper} */
    public static LossWeighting famo() {
        return famo(new WeightOptimizer.Adam(0.025, 0.9, 0.999, 1e-8, 1e-3));
    }

    /**
     * FAMO (Liu, Feng, Stone and Liu, Fast Adaptive Multitask Optimization, NeurIPS 2023, Algorithm 1): {@code w_k =
     * (z_k / (L_k + ε)) / Σ_j z_j / (L_j + ε)} with {@code z = softmax(ξ)} and ε = 1e-8, so that log losses fall alike.
     * After the update the losses {@code L'} of the same batch are computed again, and ξ follows the gradient {@code
     * z_k (δ_k - Σ_j z_j δ_j)} with {@code δ = log(L + ε) - log(L' + ε)}. The weights sum to 1.
     *
     * <p>Costs one more forward pass a step. Its state is that between steps: take it after {@link
     * LossWeighting#afterUpdate}, not before.
     *
     * @param optimizer how ξ is learned
     * @return the weighting; its domain is losses of at least 0
     */
    public static LossWeighting famo(WeightOptimizer optimizer) {
        return new Famo(optimizer);
    }

    /** {@return {@link #stch(double, int)} with μ = 1 and one epoch of warm-up} */
    public static LossWeighting stch() {
        return stch(1, 1);
    }

    /**
     * Smooth Tchebycheff scalarisation (Lin et al., Smooth Tchebycheff Scalarization for Multi-Objective Optimization,
     * ICML 2024): the gradient of {@code K μ log Σ_k exp(log(L_k / n_k) / μ)}, that is {@code w_k = K softmax(log(L /
     * n) / μ)_k / L_k}. In the epochs 0 to {@code warmupEpochs}, that one included, the gradient of {@code Σ log L_k}
     * is followed instead, {@code w_k = 1 / L_k}; the nadir {@code n_k} is the task's mean loss in epoch {@code
     * warmupEpochs}, or, when the task was absent from that whole epoch, its first loss afterwards. 1e-20 is added
     * where the formulas divide by a loss.
     *
     * @param mu μ, above 0; small values follow the worst task only
     * @param warmupEpochs the epoch, from 0, whose mean losses become the nadir
     * @return the weighting; its domain is losses of at least 0
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static LossWeighting stch(double mu, int warmupEpochs) {
        return new SmoothTchebycheff(mu, warmupEpochs);
    }

    /** {@return {@link #gradNorm(double, WeightOptimizer)} with α = 1.5 by Adam of rate 0.025} */
    public static LossWeighting gradNorm() {
        return gradNorm(1.5, WeightOptimizer.adam(0.025));
    }

    /**
     * GradNorm (Chen et al., Gradient Normalization for Adaptive Loss Balancing, ICML 2018, Algorithm 1): {@code w = K
     * softmax(ξ)}, where ξ follows the gradient of {@code Σ_k |G_k - mean(G) r_k^α|} with {@code G_k = w_k ‖g_k‖}, the
     * second term constant, and {@code r_k = (L_k / L_k(0)) / mean_j(L_j / L_j(0))}. Tasks that lag behind get larger
     * gradients.
     *
     * <p>Deviations: {@code g_k} is the gradient of all shared parameters, not of the last layer only; a softmax keeps
     * the sum at K; {@code L_k(0)} is the task's mean loss in epoch 0, in which all weights are 1, or its first loss
     * afterwards when it was absent from that whole epoch; where it is 0, {@code L_k / L_k(0)} counts as 1.
     *
     * @param alpha α, at least 0; larger values pull the tasks' rates of training together more strongly
     * @param optimizer how ξ is learned
     * @return the weighting; its domain is losses of at least 0
     * @throws IllegalArgumentException if {@code alpha} is out of its range
     */
    public static LossWeighting gradNorm(double alpha, WeightOptimizer optimizer) {
        return new GradNorm(alpha, optimizer);
    }

    /** {@return {@link #autoLambda(WeightOptimizer, Map)} by Adam of rate 1e-3, all tasks of priority 1} */
    public static LossWeighting autoLambda() {
        return autoLambda(WeightOptimizer.adam(1e-3), Map.of());
    }

    /**
     * Auto-Lambda (Liu, James, Davison and Johns, Disentangling Dynamic Task Relationships, TMLR 2022, Algorithm 1):
     * the weights λ are meta-learned. Each step looks one update ahead with the present λ and moves λ down the
     * derivative of the held-out loss {@code Σ_k p_k V_k}: a task whose training helps the tasks of high priority on
     * data not trained on gets more weight. The new λ are the weights, not normalised; see {@link #normalized}.
     *
     * <p>Deviations: λ starts at 1, so that training begins as with {@link #equal()}; the paper's start of 0.1 and rate
     * of 1e-4 are the same in proportion. λ stays at or above 0.001. Tasks absent from the step do not count in its
     * held-out loss.
     *
     * @param optimizer how λ is learned
     * @param priorities p by task, at least 0: 1 for the tasks that matter, tasks not named are auxiliary and have 0;
     *     empty for 1 throughout
     * @return the weighting; it throws IllegalArgumentException at the first step if a priority is of an unknown task
     * @throws IllegalArgumentException if a priority is out of its range
     */
    public static LossWeighting autoLambda(WeightOptimizer optimizer, Map<String, Double> priorities) {
        return new AutoLambda(optimizer, priorities);
    }

    /** {@return {@link #moml(WeightOptimizer)} by Adam of rate 1e-3} */
    public static LossWeighting moml() {
        return moml(WeightOptimizer.adam(1e-3));
    }

    /**
     * Multi-objective meta learning (Ye, Lin, Yue, Guo, Xiao and Zhang, NeurIPS 2021) of task weights: as {@link
     * #autoLambda(WeightOptimizer, Map)}, but the K held-out losses stay objectives of their own. λ moves along the
     * point of least norm in the convex hull of their K hypergradients (MGDA), which raises none of them to first
     * order.
     *
     * <p>Costs K hypergradients a step, which a trainer that computes them exactly gets at less cost than one after the other.
     * Deviations: one inner step; λ by an optimiser of its own, from 1, at or above
     * 0.001.
     *
     * @param optimizer how λ is learned; with Adam the direction is that of MGDA only up to Adam's scaling
     * @return the weighting
     */
    public static LossWeighting moml(WeightOptimizer optimizer) {
        return new Moml(optimizer);
    }

    /** {@return {@link #forum(double, int, WeightOptimizer)} with φ = 0.1 and 5 inner steps, by Adam of rate 1e-3} */
    public static LossWeighting forum() {
        return forum(0.1, 5, WeightOptimizer.adam(1e-3));
    }

    /**
     * FORUM (Ye, Lin, Cao, Zhang and Tsang, A First-Order Multi-Gradient Algorithm for Multi-Objective Bi-Level
     * Optimization, ECAI 2024, Algorithm 1): the model descends all K held-out losses {@code V_k} together while it stays
     * near an optimum of the weighted training loss {@code f = Σ w_k L_k}, {@code w = K softmax(ξ)}. With the penalty {@code
     * q = f(ξ, θ) - f(ξ, θ_T)}, θ_T from T inner steps of plain gradient descent on f, the step goes down {@code Σ λ_k ∇V_k
     * / |∇V_k| + ν ∇q} in θ and ξ at once. λ on the simplex and {@code ν = max(0, φ - <Σ λ_k ∇V_k / |∇V_k|, ∇q> / |∇q|²)}
     * give the steepest common descent of the held-out losses that shrinks q by its part φ; λ is averaged over time with
     * the rate {@code (epoch + 1)^(-3/4)}. The derivative of q with respect to ξ needs no second derivatives: a task whose
     * training loss stays far above what training on it alone would reach, since that is not what the held-out data ask
     * for, loses weight.
     *
     * <p>So the model trains on the held-out data as well: the training weights are {@code ν w}, and {@link
     * LossWeighting#heldOutWeights} are {@code λ_k / |∇V_k|}. Validation data must be others. Costs T + 1 more forward and T
     * more backward passes, and K backward passes on the held-out batch, a step.
     *
     * <p>Deviations: the quadratic program is solved to rounding, with the factor of the linear term as it follows from the
     * primal (the authors' program has half of it, and a constraint that makes up for it); a held-out gradient of zero
     * stays zero; the inner steps have the learning rate of the training; ν is at least 0.001, so that no training task is
     * lost for good; ξ has an optimiser of its own and is kept within ±50; the model's part follows the model's optimiser.
     *
     * @param phi φ, above 0; larger values keep nearer to the optimum of the training loss
     * @param innerSteps T, at least 1
     * @param optimizer how ξ is learned
     * @return the weighting
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static LossWeighting forum(double phi, int innerSteps, WeightOptimizer optimizer) {
        return new Forum(phi, innerSteps, optimizer);
    }

    /**
     * {@return another weighting with the weights of each step scaled to sum to K; as they are when all are 0}
     *
     * @param inner the other weighting
     */
    public static LossWeighting normalized(LossWeighting inner) {
        return new NormalizedWeighting(inner);
    }
}
