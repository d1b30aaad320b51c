package io.mtl4j.nn.layer;

import static io.mtl4j.nn.layer.GradientCheck.array;
import static io.mtl4j.nn.layer.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TokenDecoderTest {

    private static final int VOCABULARY = 3;
    private static final int END = VOCABULARY;
    private static final int FEATURES = 4;
    private static final Shape SEQUENCE = Shape.sequence(FEATURES);
    private static final Shape VECTOR = Shape.vector(FEATURES);

    static Stream<Decoder> decoders() {
        return Stream.of(new LstmDecoder(5), new TransformerDecoder(2, 2, 6));
    }

    private static TokenDecoder spec(Decoder decoder, int beams, int longest) {
        return new TokenDecoder(VOCABULARY, decoder, new BeamSearch(beams, longest, 0.6), 0);
    }

    private static INDArray target() {
        double gone = Double.NaN;
        return Nd4j.create(new double[][] {{2, 0, 1, 1}, {1, gone, gone, gone}, {0, 2, gone, gone}});
    }

    private static INDArray mask() {
        return Nd4j.create(new double[][] {{1, 1, 1}, {1, 0, 0}, {1, 1, 0}});
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void gradientsMatchFiniteDifferences(Decoder decoder) {
        TokenDecoder plain = spec(decoder, 1, 5);
        GradientCheck.checkTold(plain, SEQUENCE, array(random(1), 1, 3, 3, FEATURES), mask(), target());
        GradientCheck.checkTold(plain, SEQUENCE, array(random(2), 1, 3, 1, FEATURES), null, target());
        GradientCheck.checkTold(plain, VECTOR, array(random(3), 1, 3, FEATURES), mask(), target());
        TokenDecoder dropped = new TokenDecoder(VOCABULARY, decoder, new BeamSearch(1, 5, 0), 0.3);
        GradientCheck.checkTold(dropped, SEQUENCE, array(random(4), 1, 3, 3, FEATURES), mask(), target());
    }

    /** A decoder with random parameters. */
    private static final class Run {
        private final Layer layer;
        private final Binder binder = Binder.create();
        private final INDArray[] values;
        private final DataType type;

        Run(TokenDecoder spec, Shape input, DataType type) {
            this.type = type;
            this.layer = spec.bind(input, binder);
            this.values = new INDArray[binder.parameters().size()];
            var random = random(8);
            for (Parameter p : binder.parameters()) {
                values[p.index()] = array(random, 0.7, p.shape()).castTo(type);
            }
        }

        INDArray told(INDArray x, INDArray mask, INDArray target) {
            Pass pass = new Pass(values, new INDArray[0], binder.slots(), mask, null, false);
            pass.aim(target);
            return layer.forward(x.castTo(type), pass).castTo(DataType.DOUBLE);
        }

        INDArray free(INDArray x, INDArray mask) {
            return told(x, mask, null);
        }

        /** The log-probability of tokens, and of the end if it is among them. */
        double logProbability(INDArray x, List<Integer> tokens) {
            double[] row =
                    tokens.stream().mapToDouble(v -> v == END ? Double.NaN : v).toArray();
            INDArray logits = told(x, null, Nd4j.create(row).reshape(1, row.length));
            double sum = 0;
            for (int t = 0; t < tokens.size(); t++) {
                double[] z = logits.get(point(0), point(t), all()).dup().toDoubleVector();
                double total = 0;
                for (double v : z) {
                    total += Math.exp(v);
                }
                sum += z[tokens.get(t)] - Math.log(total);
            }
            return sum;
        }
    }

    private static List<Integer> tokens(INDArray free, int example) {
        List<Integer> tokens = new ArrayList<>();
        for (int t = 0; t < free.size(1) && (t == 0 || tokens.get(t - 1) != END); t++) {
            tokens.add((int) free.getDouble(example, t, VOCABULARY + 1));
        }
        return tokens;
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void stepByStepAgreesWithAllPlacesAtOnce(Decoder decoder) {
        for (int beams : new int[] {1, 3}) {
            for (Shape shape : List.of(SEQUENCE, VECTOR)) {
                Run run = new Run(spec(decoder, beams, 6), shape, DataType.DOUBLE);
                INDArray x = shape == VECTOR ? array(random(5), 1, 4, FEATURES) : array(random(5), 1, 4, 3, FEATURES);
                INDArray mask = Nd4j.create(new double[][] {{1, 1, 1}, {1, 0, 0}, {0, 1, 1}, {1, 1, 0}});
                INDArray free = run.free(x, mask);
                INDArray said = free.get(all(), all(), point(VOCABULARY + 1)).dup();
                INDArray told = run.told(x, mask, said);
                for (int example = 0; example < 4; example++) {
                    for (int t = 0; t < tokens(free, example).size(); t++) {
                        assertArrayEquals(
                                told.get(point(example), point(t), all()).dup().toDoubleVector(),
                                free.get(point(example), point(t), interval(0, VOCABULARY + 1))
                                        .dup()
                                        .toDoubleVector(),
                                1e-9);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void widthOneTakesTheMostProbableTokenEachTime(Decoder decoder) {
        Run run = new Run(spec(decoder, 1, 7), SEQUENCE, DataType.DOUBLE);
        for (int seed = 0; seed < 8; seed++) {
            INDArray x = array(random(seed), 1, 1, 3, FEATURES);
            List<Integer> greedy = new ArrayList<>();
            while (greedy.size() < 7 && !greedy.contains(END)) {
                double[] row = new double[greedy.size() + 1];
                for (int t = 0; t < greedy.size(); t++) {
                    row[t] = greedy.get(t);
                }
                INDArray told = run.told(x, null, Nd4j.create(row).reshape(1, row.length));
                greedy.add(
                        told.get(point(0), point(greedy.size()), all()).argMax().getInt(0));
            }
            assertEquals(greedy, tokens(run.free(x, null), 0));
        }
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void aBeamThatHoldsAllFindsTheBestOfAll(Decoder decoder) {
        int longest = 3;
        BeamSearch search = new BeamSearch(64, longest, 0.6);
        Run run = new Run(new TokenDecoder(VOCABULARY, decoder, search, 0), SEQUENCE, DataType.DOUBLE);
        List<List<Integer>> sequences = new ArrayList<>();
        enumerate(new ArrayList<>(), longest, sequences);
        assertEquals(1 + 3 + 9 * 4, sequences.size());
        for (int seed = 0; seed < 5; seed++) {
            INDArray x = array(random(seed), 1, 1, 2, FEATURES);
            List<Integer> best = null;
            double most = Double.NEGATIVE_INFINITY;
            for (List<Integer> sequence : sequences) {
                double score = search.score(run.logProbability(x, sequence), sequence.size());
                if (score > most) {
                    most = score;
                    best = sequence;
                }
            }
            assertEquals(best, tokens(run.free(x, null), 0));
        }
    }

    /** All that end at or before the greatest length, or are cut there. */
    private static void enumerate(List<Integer> begun, int longest, List<List<Integer>> into) {
        for (int token = 0; token <= END; token++) {
            List<Integer> more = new ArrayList<>(begun);
            more.add(token);
            if (token == END || more.size() == longest) {
                into.add(more);
            } else {
                enumerate(more, longest, into);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void paddingOfTheSourceAndOtherExamplesDoNotMatter(Decoder decoder) {
        Run run = new Run(spec(decoder, 2, 5), SEQUENCE, DataType.DOUBLE);
        INDArray x = array(random(6), 1, 3, 3, FEATURES);
        INDArray told = run.told(x, mask(), target());
        INDArray free = run.free(x, mask());
        INDArray alone = x.get(interval(1, 2), interval(0, 1), all()).dup();
        INDArray one = run.told(alone, null, Nd4j.create(new double[][] {{1}}));
        assertTrue(one.equalsWithEps(
                told.get(interval(1, 2), interval(0, 2), all()).dup(), 1e-9));
        assertEquals(tokens(run.free(alone, null), 0), tokens(free, 1));
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void singlePrecisionAgreesWithDouble(Decoder decoder) {
        INDArray x = array(random(6), 1, 3, 3, FEATURES);
        Run exact = new Run(spec(decoder, 2, 5), SEQUENCE, DataType.DOUBLE);
        Run single = new Run(spec(decoder, 2, 5), SEQUENCE, DataType.FLOAT);
        INDArray mask = mask().castTo(DataType.FLOAT);
        assertTrue(exact.told(x, mask(), target()).equalsWithEps(single.told(x, mask, target()), 1e-4));
        INDArray free = exact.free(x, mask());
        assertTrue(free.equalsWithEps(single.free(x, mask), 1e-4));
    }

    @Test
    void refusesWhatItCannotRead() {
        TokenDecoder spec = spec(new TransformerDecoder(1, 3, 4), 1, 5);
        String heads = assertThrows(IllegalArgumentException.class, () -> spec.bind(SEQUENCE, Binder.create()))
                .getMessage();
        assertTrue(heads.contains("3 heads") && heads.contains("4 features"), heads);
        String image = assertThrows(
                        IllegalArgumentException.class, () -> spec.bind(Shape.image(1, 2, 2), Binder.create()))
                .getMessage();
        assertTrue(image.contains("image(1, 2, 2)"), image);
        assertThrows(IllegalArgumentException.class, () -> new BeamSearch(0, 5, 0));
        assertThrows(IllegalArgumentException.class, () -> new BeamSearch(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new BeamSearch(1, 5, -1));
        assertThrows(IllegalArgumentException.class, () -> new LstmDecoder(0));
        assertThrows(IllegalArgumentException.class, () -> new TransformerDecoder(0, 1, 1));
    }
}
