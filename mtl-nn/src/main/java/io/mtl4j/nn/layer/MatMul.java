package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.InnerProduct;
import io.mtl4j.nn.kernel.Product;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Products of matrices, written into a given array: the form that the native library does fastest. */
public final class MatMul {

    private MatMul() {}

    /**
     * Computes {@code out = op(a) op(b)}.
     *
     * @param a a matrix, or a stack of matrices in the last two dimensions
     * @param transposeA whether {@code op(a) = aᵀ}
     * @param b as {@code a}
     * @param transposeB whether {@code op(b) = bᵀ}
     * @param out receives the product
     * @return {@code out}
     */
    public static INDArray into(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray out) {
        return into(1, a, transposeA, b, transposeB, out);
    }

    /**
     * Computes {@code out = scale op(a) op(b)}.
     *
     * @param scale a number
     * @param a a matrix, or a stack of matrices in the last two dimensions
     * @param transposeA whether {@code op(a) = aᵀ}
     * @param b as {@code a}
     * @param transposeB whether {@code op(b) = bᵀ}
     * @param out receives the product
     * @return {@code out}
     */
    static INDArray into(double scale, INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray out) {
        if (Product.serves(a, b, out)) {
            Product.into(scale, a, transposeA, b, transposeB, out);
            return out;
        }
        Nd4j.exec(DynamicCustomOp.builder("matmul")
                .addInputs(a, b)
                .addOutputs(out)
                .addIntegerArguments(transposeA ? 1 : 0, transposeB ? 1 : 0, 0)
                .build());
        return scale == 1 ? out : out.muli(scale);
    }

    /**
     * Computes {@code out = x w + b}.
     *
     * @param x {@code [rows, inputs]}
     * @param weight w, {@code [inputs, outputs]}
     * @param bias b, {@code [outputs]}
     * @param out receives the result
     * @return {@code out}
     */
    static INDArray affine(INDArray x, INDArray weight, INDArray bias, INDArray out) {
        if (InnerProduct.serves(x, weight, bias, out)) {
            new InnerProduct(x.size(0), x.size(1), weight.size(1), false).forward(x, weight, bias, out);
            return out;
        }
        return into(x, false, weight, false, out).addiRowVector(bias);
    }
}
