package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.Softmax;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays of one shape, one after the other in memory: {@code [count, batch, numbers]}. */
final class Stack {

    private Stack() {}

    /** Stacks arrays {@code [batch, ...]}; a single one is not copied. */
    static INDArray of(List<INDArray> parts) {
        INDArray first = parts.get(0);
        long batch = first.size(0);
        long numbers = first.length() / batch;
        INDArray[] rows =
                parts.stream().map(p -> p.reshape('c', batch, numbers)).toArray(INDArray[]::new);
        return (rows.length == 1 ? rows[0] : Nd4j.concat(0, rows)).reshape('c', rows.length, batch, numbers);
    }

    static INDArray room(INDArray like, long count, long batch, long numbers) {
        return Nd4j.createUninitialized(like.dataType(), count, batch, numbers);
    }

    /** The same numbers as {@code [batch, count, numbers]}: a view. */
    static INDArray byExample(INDArray stack) {
        return stack.permute(1, 0, 2);
    }

    /** Replaces scores by their softmax over the last dimension. */
    static void softmax(INDArray scores) {
        if (Softmax.serves(scores)) {
            Softmax.forward(scores);
            return;
        }
        Nd4j.exec(DynamicCustomOp.builder("softmax")
                .addInputs(scores)
                .addOutputs(scores)
                .addIntegerArguments(-1)
                .build());
    }

    /** With p = softmax(s): ds = p (dp - Σ p dp). May overwrite the gradient. */
    static INDArray softmaxGradient(INDArray p, INDArray gradient) {
        if (Softmax.serves(p, gradient)) {
            Softmax.backward(p, gradient);
            return gradient;
        }
        INDArray product = p.mul(gradient);
        return product.subi(p.mul(product.sum(true, 2)));
    }
}
