/**
 * Learning to learn from few examples: a {@link io.mtl4j.examples.fewshot.FewShotProblem} is a model and episodes to learn from, to
 * choose by and to be judged by; a {@link io.mtl4j.examples.fewshot.FewShotTrial} has all methods on one of them. {@link
 * io.mtl4j.examples.FewShot} runs them.
 */
package io.mtl4j.examples.fewshot;
