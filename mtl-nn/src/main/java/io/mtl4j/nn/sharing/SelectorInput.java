package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.StartValues;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Where the numbers of a {@link SelectorGate} come from: {@code [alpha, z]} for each example, or once for all. */
interface SelectorInput {

    /** {@code [batch, width]}, or one row for all examples. */
    double[][] forward(INDArray x, Pass pass);

    /** From the gradient of what forward gave to that of the input; null where it takes no part. */
    INDArray backward(INDArray gradient, Pass pass);

    static SelectorInput bind(DSelectK spec, Shape input, Binder own) {
        SelectorCodes codes = spec.codes();
        if (spec.byExample()) {
            return new ByExample(GateScores.of(input, codes.width(), Initializer.NORMAL_002, Initializer.NORMAL_002)
                    .bind(input, own));
        }
        int k = spec.selected();
        int m = codes.digits();
        return new Fixed(
                own.bias("alpha", uniform(0.05, k, own.scope() + ".alpha"), k),
                own.bias("z", uniform(spec.gamma() / 100, k * m, own.scope() + ".z"), k, m));
    }

    /** They are biases, as a decay towards 0 would be one towards no choice. */
    private static StartValues uniform(double bound, int count, String name) {
        return seed -> {
            RandomGenerator random = seed.child(name.hashCode()).generator();
            return Nd4j.createFromArray(random.doubles(count, -bound, bound).toArray());
        };
    }

    /** Computed from the example. */
    record ByExample(Layer linear) implements SelectorInput {

        @Override
        public double[][] forward(INDArray x, Pass pass) {
            return linear.forward(x, pass).toDoubleMatrix();
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            return linear.backward(gradient, pass);
        }
    }

    /** Parameters. */
    record Fixed(Parameter alpha, Parameter codes) implements SelectorInput {

        @Override
        public double[][] forward(INDArray x, Pass pass) {
            return Nd4j.concat(0, pass.value(alpha), flat(pass.value(codes)))
                    .reshape('c', 1, alpha.length() + codes.length())
                    .toDoubleMatrix();
        }

        private static INDArray flat(INDArray array) {
            return array.reshape(new long[] {array.length()});
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            double[] numbers = gradient.toDoubleMatrix()[0];
            for (int i = 0; i < numbers.length; i++) {
                boolean first = i < alpha.length();
                INDArray target = flat(pass.gradient(first ? alpha : codes));
                target.putScalar(first ? i : i - alpha.length(), numbers[i]);
            }
            return null;
        }
    }
}
