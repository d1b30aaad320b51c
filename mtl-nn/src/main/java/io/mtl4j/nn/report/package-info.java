/**
 * Seeing a training from outside: as a page in a browser, in TensorBoard, or in the meters of an application. All three are
 * {@linkplain io.mtl4j.event.TrainingListener listeners}, change nothing in what is learned, and go together:
 *
 * <pre>{@code
 * TrainingReport report = TrainingReport.writeTo(folder.resolve("report.html"));
 * Trainer.builder(model)
 *         .gradientDiagnosticsEvery(10)
 *         .listener(report)
 *         .listener(TensorBoardWriter.in(folder.resolve("tensorboard")))
 *         .listener(MicrometerListener.of(registry, "shop"))
 *         .epochs(3)
 *         .build()
 *         .fit(train, validation);
 * report.results("test", Evaluator.evaluate(model, test));
 * }</pre>
 *
 * <table>
 * <caption>Which one</caption>
 * <tr><th>class</th><th>for whom</th><th>what it needs</th></tr>
 * <tr><td>{@link io.mtl4j.nn.report.TrainingReport}</td><td>people who train: one page to watch, keep and send; charts of
 *     losses, metrics, weights and gradients, who takes what from shared experts, settings, versions, seeds and a
 *     fingerprint of the data</td><td>a browser</td></tr>
 * <tr><td>{@link io.mtl4j.nn.report.TensorBoardWriter}</td><td>people who compare many trainings, also of other
 *     libraries</td><td>TensorBoard</td></tr>
 * <tr><td>{@link io.mtl4j.nn.report.MicrometerListener}</td><td>applications that train while they run, and have alarms
 *     on meters</td><td>Micrometer, an optional dependency</td></tr>
 * </table>
 *
 * <p>{@link io.mtl4j.nn.report.Metered} measures how long answers take:
 *
 * <pre>{@code
 * Predictor metered = Metered.of(model, registry, "shop");
 * Prediction answer = metered.predict(0.5f, 1, 0, -1);
 * }</pre>
 *
 * <p>Pictures without a browser, and numbers as CSV, are made by {@link io.mtl4j.nn.train.LearningCurves} and {@link
 * io.mtl4j.nn.train.GradientDiagnostics}.
 */
package io.mtl4j.nn.report;
