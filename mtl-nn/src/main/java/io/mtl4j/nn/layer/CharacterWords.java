package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A vector for every word, made of its characters (Kim et al., "Character-Aware Neural Language Models", AAAI 2016, as used
 * by Peters et al., NAACL 2018) and, if wanted, of a vector of the word itself:
 *
 * <pre>
 * for each filter of width n:  m = relu(max over p of (e_p, ..., e_(p+n-1)) W + b)    e_p the vector of character p
 * y = highways((all m, vector of the word)) P + q
 * </pre>
 *
 * <p>Input {@code [batch, time, 1 + length]}: the word's number, then its characters' numbers, 0 behind the last. Output
 * {@code [batch, time, dimensions]}. Windows lie inside the word; a word shorter than a filter is filled up with zero vectors.
 * So the room left behind a word never matters. Words that occur several times in a batch are computed once. Numbers have
 * no gradient, so {@link Layer#backward} always returns null.
 *
 * @param characters number of different characters, number 0 included
 * @param characterDimensions length of a character's vector
 * @param filters the convolutions, at least one
 * @param words number of different words, number 0 included; 0 to make words of their characters alone
 * @param wordDimensions length of a word's own vector; 0 if {@code words} is 0
 * @param highways number of {@linkplain Highway highway layers}, at least 0
 * @param dimensions length of the vector that comes out
 */
public record CharacterWords(
        int characters,
        int characterDimensions,
        List<Filter> filters,
        int words,
        int wordDimensions,
        int highways,
        int dimensions)
        implements LayerSpec {

    /**
     * A convolution over the characters of a word.
     *
     * @param width number of characters that it sees at once, at least 1
     * @param count number of features that it gives, at least 1
     */
    public record Filter(int width, int count) {

        /** Checks the values. */
        public Filter {
            Require.atLeast("character words: width of a filter", width, 1);
            Require.atLeast("character words: count of a filter", count, 1);
        }
    }

    /** Checks the values and copies the list. */
    public CharacterWords {
        filters = List.copyOf(filters);
        Require.atLeast("character words: characters", characters, 1);
        Require.atLeast("character words: characterDimensions", characterDimensions, 1);
        Require.atLeast("character words: number of filters", filters.size(), 1);
        Require.atLeast("character words: words", words, 0);
        Require.atLeast("character words: wordDimensions", wordDimensions, 0);
        Require.atLeast("character words: highways", highways, 0);
        Require.atLeast("character words: dimensions", dimensions, 1);
        if ((words == 0) != (wordDimensions == 0)) {
            throw new IllegalArgumentException("character words: words = " + words + ", wordDimensions = "
                    + wordDimensions + "; both must be above 0, or both 0 to leave the words' own vectors out");
        }
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Sequence sequence) || sequence.features() < 2) {
            throw new IllegalArgumentException("character words: input is " + input
                    + "; it takes a sequence whose steps" + " are the number of a word and those of its characters");
        }
        CharacterFilters convolutions = CharacterFilters.bind(this, binder.child("characters"));
        Parameter table = words == 0
                ? null
                : binder.weight("words", Initializer.NORMAL_002, words, wordDimensions, words, wordDimensions);
        List<LayerSpec> above = new ArrayList<>();
        for (int i = 0; i < highways; i++) {
            above.add(new Highway());
        }
        above.add(new Dense(dimensions, Activation.IDENTITY, Initializer.GLOROT_UNIFORM));
        Shape features = Shape.vector(convolutions.features() + wordDimensions);
        Layer top = new Chain(above).bind(features, binder.child("top").dataInput(false));
        return new Bound(this, Shape.sequence(dimensions), convolutions, table, top, binder.slot());
    }

    private record Bound(
            CharacterWords spec,
            Shape outputShape,
            CharacterFilters convolutions,
            Parameter table,
            Layer top,
            Slot<DistinctWords> distinct)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            DistinctWords found = DistinctWords.of(x, spec.characters, spec.words);
            pass.save(distinct, found);
            INDArray features = convolutions.forward(found.characters(), x.dataType(), pass);
            if (table != null) {
                features = Nd4j.concat(1, features, Rows.take(pass.value(table), found.words()));
            }
            INDArray vectors = top.forward(features, pass);
            return Rows.take(vectors, found.places()).reshape('c', x.size(0), x.size(1), spec.dimensions);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            DistinctWords found = pass.load(distinct);
            INDArray sums = Nd4j.createUninitialized(gradient.dataType(), found.count(), spec.dimensions);
            Rows.assignSums(gradient.reshape('c', found.places().length, spec.dimensions), found.places(), sums);
            INDArray features = top.backward(sums, pass);
            if (table != null) {
                long from = convolutions.features();
                INDArray own =
                        features.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + spec.wordDimensions));
                Rows.assignSums(own.dup('c'), found.words(), pass.gradient(table));
            }
            convolutions.backward(
                    features.get(NDArrayIndex.all(), NDArrayIndex.interval(0, convolutions.features())), pass);
            return null;
        }
    }
}
