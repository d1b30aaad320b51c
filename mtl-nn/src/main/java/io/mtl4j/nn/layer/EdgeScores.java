package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.Elementwise;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The scores of {@link GraphAttention}, {@code LeakyReLU(s_i + t_j)} with {@code s = a1ᵀ H} and {@code t = a2ᵀ H} for each
 * head. The sum of each pair is a product of two numbers each, {@code (s_i, 1) (1, t_j)ᵀ}; one product with all features of
 * a node makes these terms for all heads: {@code [rows, 2 * heads * 2]}.
 *
 * @param heads number of heads
 * @param vectors a1 and a2, {@code [2, units]}
 */
record EdgeScores(int heads, Parameter vectors) {

    private static final double LEAK = 0.2;

    /** {@return the terms of all nodes, from H {@code [rows, units]}} */
    INDArray terms(INDArray h, Pass pass) {
        float[] ones = new float[4 * heads];
        for (int head = 0; head < heads; head++) {
            ones[sender(head) - 1] = 1;
            ones[receiver(head) + 1] = 1;
        }
        INDArray bias = Nd4j.createFromArray(ones).castTo(h.dataType());
        INDArray terms = Nd4j.createUninitialized(h.dataType(), h.size(0), ones.length);
        return MatMul.affine(h, matrix(pass), bias, terms);
    }

    /** {@return the sums {@code s_i + t_j}, {@code [batch, heads, nodes, nodes]}} */
    INDArray sums(INDArray terms, HeadParts nodes) {
        HeadParts parts = parts(nodes);
        return MatMul.into(parts.of(terms, 0), false, parts.of(terms, 1), true, parts.pairs(terms));
    }

    /** Overwrites sums with scores. */
    static INDArray leak(INDArray sums) {
        if (Elementwise.serves(sums)) {
            Elementwise.LEAKY_RELU_02.apply(sums);
        } else {
            Nd4j.getExecutioner().exec(new LeakyReLU(sums, sums, LEAK));
        }
        return sums;
    }

    /**
     * Assigns the gradient of a.
     *
     * @param scores gradient with respect to the scores
     * @return gradient with respect to H
     */
    INDArray backward(INDArray scores, INDArray terms, INDArray h, HeadParts nodes, Pass pass) {
        HeadParts parts = parts(nodes);
        INDArray pairs = throughLeak(sums(terms, nodes), scores);
        INDArray dTerms = Nd4j.createUninitialized(terms.dataType(), terms.shape());
        MatMul.into(pairs, false, parts.of(terms, 1), false, parts.of(dTerms, 0));
        MatMul.into(pairs, true, parts.of(terms, 0), false, parts.of(dTerms, 1));
        INDArray matrix = matrix(pass);
        assignGradient(MatMul.into(h, true, dTerms, false, matrix.ulike()), pass);
        return MatMul.into(dTerms, false, matrix, true, Nd4j.createUninitialized(h.dataType(), h.shape()));
    }

    private static INDArray throughLeak(INDArray sums, INDArray gradient) {
        if (Elementwise.serves(sums) && Elementwise.serves(gradient)) {
            Elementwise.LEAKY_RELU_02.gradient(sums, gradient, sums);
            return sums;
        }
        Nd4j.getExecutioner().exec(new Step(sums, sums, 0));
        return sums.muli(1 - LEAK).addi(LEAK).muli(gradient);
    }

    /** {@code [units, 2 * heads * 2]}: a1 and a2 of each head in the columns of their terms, 0 elsewhere. */
    private INDArray matrix(Pass pass) {
        INDArray a = pass.value(vectors);
        INDArray ofReceivers = columns(a, true).muliColumnVector(a.getRow(0).reshape(a.size(1), 1));
        return ofReceivers.addi(columns(a, false).muliColumnVector(a.getRow(1).reshape(a.size(1), 1)));
    }

    /** {@code [units, 2 * heads * 2]}: 1 in the column that a unit's number of a1, or a2, belongs to, 0 elsewhere. */
    private INDArray columns(INDArray a, boolean ofReceivers) {
        int units = (int) a.size(1);
        float[] flags = new float[units * 4 * heads];
        for (int u = 0; u < units; u++) {
            int head = u * heads / units;
            flags[u * 4 * heads + (ofReceivers ? receiver(head) : sender(head))] = 1;
        }
        return Nd4j.createFromArray(flags).castTo(a.dataType()).reshape('c', units, 4L * heads);
    }

    private void assignGradient(INDArray matrix, Pass pass) {
        INDArray gradient = pass.gradient(vectors);
        gradient.getRow(0).assign(columns(gradient, true).muli(matrix).sum(1));
        gradient.getRow(1).assign(columns(gradient, false).muli(matrix).sum(1));
    }

    /** The column of s. */
    private static int receiver(int head) {
        return 2 * head;
    }

    /** The column of t. */
    private int sender(int head) {
        return 2 * heads + 2 * head + 1;
    }

    private HeadParts parts(HeadParts nodes) {
        return new HeadParts(nodes.batch(), nodes.time(), heads, 2);
    }
}
