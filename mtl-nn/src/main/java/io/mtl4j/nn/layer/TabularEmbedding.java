package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Vectors for the categories of a table's rows: {@code [batch, columns]} to {@code [batch, features]}. Numeric columns are
 * copied; each categorical column is replaced, in its place, by row {@code code} of its table {@code E<column> [categories
 * + 1, dimensions]}. The categories are the codes {@code 1 .. categories}; code 0 means that the category is unknown or
 * missing, and has a trained vector too.
 *
 * @param columns the columns, first to last
 * @param initializer how the tables start
 */
public record TabularEmbedding(List<Column> columns, Initializer initializer) implements LayerSpec {

    /**
     * A column.
     *
     * @param categories number of categories, code 0 not counted; 0 for a numeric column
     * @param dimensions length of a category's vector; 1 for a numeric column
     */
    public record Column(int categories, int dimensions) {

        /** Checks the values. */
        public Column {
            Require.atLeast("tabular embedding: categories", categories, 0);
            Require.atLeast("tabular embedding: dimensions", dimensions, 1);
            if (categories == 0 && dimensions != 1) {
                throw new IllegalArgumentException(
                        "tabular embedding: dimensions = " + dimensions + "; a numeric column has 1");
            }
        }

        /** {@return a column of numbers} */
        public static Column numeric() {
            return new Column(0, 1);
        }

        /**
         * {@return a column of codes}
         *
         * @param categories number of categories, at least 1; code 0 is not counted
         * @param dimensions length of a category's vector, at least 1
         */
        public static Column categorical(int categories, int dimensions) {
            Require.atLeast("tabular embedding: categories", categories, 1);
            return new Column(categories, dimensions);
        }
    }

    /** Checks the values. */
    public TabularEmbedding {
        columns = List.copyOf(columns);
        Objects.requireNonNull(initializer, "initializer");
        Require.atLeast("tabular embedding: number of columns", columns.size(), 1);
    }

    /**
     * Tables that start normal with deviation 1.
     *
     * @param columns the columns, first to last
     */
    public TabularEmbedding(List<Column> columns) {
        this(columns, Initializer.STANDARD_NORMAL);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!input.equals(Shape.vector(columns.size()))) {
            throw new IllegalArgumentException("tabular embedding: input is " + input + " where " + columns.size()
                    + " columns are described; give a vector with one element for each column");
        }
        List<Bound.Place> places = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < columns.size(); i++) {
            Column c = columns.get(i);
            Parameter table = c.categories == 0
                    ? null
                    : binder.weight("E" + i, initializer, c.categories, c.dimensions, c.categories + 1L, c.dimensions);
            places.add(new Bound.Place(i, offset, c, table));
            offset += c.dimensions;
        }
        return new Bound(Shape.vector(offset), List.copyOf(places), binder.slot(), binder.inputNeedsGradient());
    }

    private record Bound(Shape.Vector outputShape, List<Place> places, Slot<int[][]> codes, boolean needsGradient)
            implements Layer {

        /** A column, the first of its features, and its table if it has one. */
        private record Place(int number, int offset, Column column, Parameter table) {

            INDArray features(INDArray all) {
                return all.get(NDArrayIndex.all(), NDArrayIndex.interval(offset, (long) offset + column.dimensions));
            }

            INDArray cells(INDArray rows) {
                return rows.get(NDArrayIndex.all(), NDArrayIndex.interval(number, number + 1L));
            }
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray y = Nd4j.createUninitialized(x.dataType(), x.size(0), outputShape.features());
            int[][] kept = new int[places.size()][];
            for (Place p : places) {
                INDArray cells = p.cells(x);
                if (p.table == null) {
                    p.features(y).assign(cells);
                } else {
                    String what = "tabular embedding: column " + p.number + ": code";
                    kept[p.number] = Rows.numbers(cells, p.column.categories + 1, what);
                    p.features(y).assign(Rows.take(pass.value(p.table), kept[p.number]));
                }
            }
            pass.save(codes, kept);
            return y;
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            int[][] kept = pass.load(codes);
            INDArray dx = needsGradient ? Nd4j.zeros(gradient.dataType(), gradient.size(0), places.size()) : null;
            for (Place p : places) {
                INDArray g = p.features(gradient);
                if (p.table != null) {
                    Rows.assignSums(g.dup('c'), kept[p.number], pass.gradient(p.table));
                } else if (dx != null) {
                    p.cells(dx).assign(g);
                }
            }
            return dx;
        }
    }
}
