package io.mtl4j.step;

/** A look-ahead that knows hypergradients only; a test that needs more overrides it. */
public abstract class FakeLookahead implements Lookahead {

    /** The hypergradient as a function. */
    @FunctionalInterface
    public interface Hypergradient {
        /** As that of the look-ahead. */
        double[] of(double[] weights, double[] priorities);
    }

    /** A look-ahead of given hypergradients. */
    public static Lookahead of(Hypergradient function) {
        return new FakeLookahead() {
            @Override
            public double[] hypergradient(double[] weights, double[] priorities) {
                return function.of(weights, priorities);
            }
        };
    }

    @Override
    public double[] lossesAfter(double[] weights, int steps) {
        throw new UnsupportedOperationException("no losses after virtual steps in this look-ahead");
    }

    @Override
    public double[] lossesAfterSharedStep(double[] weights) {
        throw new UnsupportedOperationException("no losses after a step of the shared parameters in this look-ahead");
    }

    @Override
    public double[][] heldOutProducts(double[] weights) {
        throw new UnsupportedOperationException("no held-out gradients in this look-ahead");
    }
}
