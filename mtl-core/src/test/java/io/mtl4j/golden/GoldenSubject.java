package io.mtl4j.golden;

/** Makes a fresh method of this library for a golden case. */
@FunctionalInterface
public interface GoldenSubject {

    /** {@return a method with the case's parameters} */
    Method open(GoldenCase golden);

    /** A method being tested. */
    @FunctionalInterface
    interface Method {
        /**
         * Takes one step, and checks whatever the file records besides {@code expected} (weights, state).
         *
         * @return what is compared with {@code expected} or {@code exactExpected}
         */
        double[] step(GoldenStep step, Tolerance tolerance);
    }
}
