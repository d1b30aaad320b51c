/**
 * TASK HEADS: a {@link io.mtl4j.nn.head.Head} turns the shared representation into logits, knows its {@linkplain
 * io.mtl4j.nn.head.LossFunction loss}, and reads logits as answers.
 *
 * <p>{@link io.mtl4j.nn.head.Tasks} makes heads, {@link io.mtl4j.nn.head.Losses} makes losses:
 *
 * <table>
 * <caption>Kinds of tasks</caption>
 * <tr><th>kind</th><th>logits</th><th>labels and answers</th><th>losses, the usual one first</th></tr>
 * <tr><td>classification</td><td>{@code [batch, C]}</td><td>{@link io.mtl4j.nn.head.ClassFormat}</td><td>{@link
 * io.mtl4j.nn.head.CrossEntropy}, {@link io.mtl4j.nn.head.FocalLoss}</td></tr>
 * <tr><td>binary</td><td>{@code [batch, 1]}</td><td>{@link io.mtl4j.nn.head.BinaryFormat}</td><td>{@link
 * io.mtl4j.nn.head.BinaryCrossEntropy}, {@link io.mtl4j.nn.head.BinaryFocalLoss}</td></tr>
 * <tr><td>multi-label</td><td>{@code [batch, C]}</td><td>{@link io.mtl4j.nn.head.MultiLabelFormat}</td><td>{@link
 * io.mtl4j.nn.head.BinaryCrossEntropy}, {@link io.mtl4j.nn.head.BinaryFocalLoss}</td></tr>
 * <tr><td>regression</td><td>{@code [batch, outputs]}</td><td>{@link io.mtl4j.nn.head.ValueFormat}</td><td>{@link
 * io.mtl4j.nn.head.MeanSquaredError}, {@link io.mtl4j.nn.head.MeanAbsoluteError}, {@link
 * io.mtl4j.nn.head.Huber}</td></tr>
 * <tr><td>tagging</td><td>{@code [batch, time, C]}</td><td>{@link io.mtl4j.nn.head.TagFormat}</td><td>{@link
 * io.mtl4j.nn.head.CrossEntropy}, {@link io.mtl4j.nn.head.FocalLoss}</td></tr>
 * <tr><td>tagging with {@link io.mtl4j.nn.head.TaskHead#crf()}</td><td>{@code [batch, C + 2 + time, C]}</td><td>{@link
 * io.mtl4j.nn.head.CrfFormat}</td><td>{@link io.mtl4j.nn.head.CrfLoss}</td></tr>
 * <tr><td>ranking</td><td>{@code [batch, items, 1]}</td><td>{@link io.mtl4j.nn.head.RankFormat}</td><td>{@link
 * io.mtl4j.nn.head.RankNet}, {@link io.mtl4j.nn.head.LambdaRank}</td></tr>
 * <tr><td>sequence</td><td>{@code [batch, length + 1, V + 1]}</td><td>{@link io.mtl4j.nn.head.SequenceHead}</td><td>{@link
 * io.mtl4j.nn.head.CrossEntropy}</td></tr>
 * <tr><td>segmentation</td><td>{@code [batch, C, height, width]}</td><td>{@link io.mtl4j.nn.head.SegmentationFormat}</td><td>{@link
 * io.mtl4j.nn.head.CrossEntropy}, {@link io.mtl4j.nn.head.FocalLoss}</td></tr>
 * <tr><td>regression of pixels</td><td>{@code [batch, outputs, height, width]}</td><td>{@link
 * io.mtl4j.nn.head.PixelValueFormat}</td><td>{@link io.mtl4j.nn.head.MeanSquaredError}, {@link
 * io.mtl4j.nn.head.MeanAbsoluteError}, {@link io.mtl4j.nn.head.Huber}</td></tr>
 * <tr><td>reconstruction</td><td>those of the input</td><td>none needed, {@link
 * io.mtl4j.nn.head.ReconstructionHead}</td><td>{@link io.mtl4j.nn.head.MeanSquaredError}, others of regression, {@link
 * io.mtl4j.nn.head.BinaryCrossEntropy}</td></tr>
 * <tr><td>generation</td><td>{@code [batch, 1]}</td><td>none needed, {@link io.mtl4j.nn.head.GanHead}</td><td>{@link
 * io.mtl4j.nn.head.NonSaturatingLoss}, {@link io.mtl4j.nn.head.WassersteinLoss}</td></tr>
 * </table>
 *
 * <p><b>Missing labels.</b> A label is missing if the mask says so or if it is NaN. It has no part in the loss, its gradient
 * or the metrics: what the others get is what they would get without it.
 *
 * <p><b>Your own.</b> A loss is a record that implements {@link io.mtl4j.nn.head.LossFunction}. A kind of task whose logits
 * come from the usual layers needs an {@link io.mtl4j.nn.head.AnswerFormat}, given to {@link
 * io.mtl4j.nn.head.Tasks#custom}. A head with a network of its own implements {@link io.mtl4j.nn.head.Head}.
 */
package io.mtl4j.nn.head;
