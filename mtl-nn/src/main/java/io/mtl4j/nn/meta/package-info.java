/**
 * META-LEARNING: initial parameters from which a model adapts to a new problem with few examples.
 *
 * <p>A joint model is good at the tasks it was trained on. Where ever new problems of one kind come up, each with a handful of
 * examples (the next user, the next machine, characters of another alphabet), what is wanted is a start from which a few steps of
 * gradient descent suffice. Meta-learning trains that start on many {@linkplain io.mtl4j.nn.meta.Episode episodes}, small
 * problems drawn from an {@link io.mtl4j.nn.meta.EpisodeSource}: adapt to the support examples as later in use, then be judged by
 * the query examples.
 *
 * <pre>{@code
 * EpisodeSource problems = ClassEpisodes.of(characters, "character", classes).ways(5).shots(1);
 * Adaptation adaptation = Adaptation.of(5, 0.1);
 * MetaLearner.builder(model, Maml.exactly(), adaptation).steps(2000).seed(7).build().fit(problems);
 * MetaEvaluation unseen = MetaEvaluation.of(model, adaptation.steps(10), newProblems, 100, 7);
 * MultiTaskModel adapted = adaptation.steps(10).adapt(model, fewExamples);
 * }</pre>
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>class</th><th>what it lowers</th><th>gradients an episode, for n inner steps</th></tr>
 * <tr><td>{@link io.mtl4j.nn.meta.Maml#exactly()}</td><td>the query loss after adaptation</td><td>3 n + 1</td></tr>
 * <tr><td>{@link io.mtl4j.nn.meta.Maml#firstOrder()}</td><td>the same, as if adaptation did not depend on the start</td>
 * <td>n + 1</td></tr>
 * <tr><td>{@link io.mtl4j.nn.meta.Reptile}</td><td>the way to where each episode leads</td><td>n</td></tr>
 * </table>
 *
 * <p>{@link io.mtl4j.nn.meta.AdaptedPart} says what adapts: all, the heads alone (ANIL: cheap, and often as good), or the encoder
 * alone. All works with any model: any encoder, way of sharing and heads but those with generators, one task or several, each with
 * its own input. Heads are part of the start, so that the classes of an episode should be numbered anew each time, as {@link
 * io.mtl4j.nn.meta.ClassEpisodes} does.
 *
 * <p>Dropout and batch normalisation: the steps of an episode run as in training. The units that dropout leaves out are drawn for
 * each step; batch normalisation uses the statistics of the support, then of the query examples, and its running statistics,
 * which are what an adapted model predicts with, follow both. So batch normalisation wants episodes of more than a few examples;
 * layer normalisation, or none, has no such wish.
 *
 * <p>A {@link io.mtl4j.nn.meta.MetaMethod} of your own adds its gradient to a sum, with the steps, gradients and second derivatives
 * that {@link io.mtl4j.nn.meta.InnerLoop} offers.
 */
package io.mtl4j.nn.meta;
