/**
 * Which configurations to try, as mathematics: nothing here trains anything. A {@link io.mtl4j.search.SearchSpace} says what may
 * be chosen, a {@link io.mtl4j.search.SearchStrategy} what to try next, given what came out so far:
 *
 * <table>
 * <caption>Strategies</caption>
 * <tr><th>class</th><th>what it does</th><th>use it when</th></tr>
 * <tr><td>{@link io.mtl4j.search.RandomSearch}</td><td>draws, and trains all with the full budget</td>
 * <td>as the yardstick; everything can run at the same time</td></tr>
 * <tr><td>{@link io.mtl4j.search.SuccessiveHalving}</td><td>begins with many, goes on with the best</td>
 * <td>a bad trial shows early</td></tr>
 * <tr><td>{@link io.mtl4j.search.Hyperband}</td><td>several such brackets</td>
 * <td>the usual choice if epochs are dear</td></tr>
 * <tr><td>{@link io.mtl4j.search.Tpe}</td><td>draws near what was good</td>
 * <td>some dozens of full trainings can be paid, one after the other</td></tr>
 * </table>
 *
 * <pre>{@code
 * SearchSpace space = SearchSpace.builder().logUniform("lr", 1e-4, 1e-1).integer("units", 8, 64).build();
 * SearchStrategy.Course course = new Tpe(30, 1).start(space, 7);
 * List<TrialRun.Outcome> last = List.of();
 * for (List<TrialRun> runs = course.next(last); !runs.isEmpty(); runs = course.next(last)) {
 *     last = runs.stream()
 *             .map(run -> new TrialRun.Outcome(run, Math.abs(Math.log(run.configuration().real("lr") / 3e-3))))
 *             .toList();
 * }
 * }</pre>
 */
package io.mtl4j.search;
