package io.mtl4j.examples;

import io.mtl4j.nn.data.GraphSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.data.image.Pictures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A picture of a digit as a graph: a node for each cell of 4 x 4 pixels with ink, joined to its nearest neighbours with
 * weights that fall with the distance.
 *
 * @param nodes {@code [nodes][3]}: row and column of the ink's middle, from -1 to 1, and the mean ink, from 0 to 1
 * @param edges {@code [edges][2]}
 * @param weights {@code exp(-(distance / width of a cell)²)} for each edge
 * @param rim for each node, 1 if it lies within two pixels of an area that ink encloses, 0 otherwise
 */
record StrokeGraph(float[][] nodes, int[][] edges, float[] weights, int[] rim) {

    static final String INPUT = "strokes";
    static final String DIGIT = "digit";
    static final String RIM = "rim";
    static final int FEATURES = 3;

    private static final int CELL = 4;
    private static final double LEAST_INK = 0.1;
    private static final int HALF = 128;
    private static final int REACH = 2;
    private static final double RESOLUTION = 1e6;

    /** Graphs of all pictures with the labels of both tasks. */
    static GraphSource source(LabeledPictures digits, int neighbours) {
        StrokeGraph[] graphs = IntStream.range(0, digits.size())
                .mapToObj(i -> of(digits.pictures(), i, neighbours))
                .toArray(StrokeGraph[]::new);
        int[][] rims = new int[graphs.length][];
        float[][][] nodes = new float[graphs.length][][];
        int[][][] edges = new int[graphs.length][][];
        float[][] weights = new float[graphs.length][];
        for (int i = 0; i < graphs.length; i++) {
            nodes[i] = graphs[i].nodes;
            edges[i] = graphs[i].edges;
            weights[i] = graphs[i].weights;
            rims[i] = graphs[i].rim;
        }
        return GraphSource.builder(INPUT)
                .nodes(nodes)
                .edges(edges)
                .weights(weights)
                .labels(DIGIT, digits.labels())
                .labels(RIM, Labels.tags(rims))
                .build();
    }

    /** The graph of one picture; a picture without ink has one node in its middle. */
    static StrokeGraph of(Pictures pictures, int index, int neighbours) {
        int height = pictures.shape().height();
        int width = pictures.shape().width();
        boolean[][] enclosed = enclosed(pictures, index);
        List<float[]> nodes = new ArrayList<>();
        List<Integer> rim = new ArrayList<>();
        for (int row = 0; row + CELL <= height; row += CELL) {
            for (int column = 0; column + CELL <= width; column += CELL) {
                float[] node = node(pictures, index, row, column);
                if (node[2] >= LEAST_INK) {
                    nodes.add(node);
                    rim.add(touches(enclosed, row, column) ? 1 : 0);
                }
            }
        }
        if (nodes.isEmpty()) {
            nodes.add(new float[FEATURES]);
            rim.add(0);
        }
        float[][] all = nodes.toArray(float[][]::new);
        int[][] edges = nearest(all, neighbours);
        double cell = 2.0 * CELL / width;
        float[] weights = new float[edges.length];
        for (int e = 0; e < edges.length; e++) {
            double cells = distance(all[edges[e][0]], all[edges[e][1]]) / cell;
            weights[e] = (float) Math.exp(-cells * cells);
        }
        return new StrokeGraph(
                all, edges, weights, rim.stream().mapToInt(i -> i).toArray());
    }

    private static float[] node(Pictures pictures, int index, int row, int column) {
        float sum = 0;
        float rows = 0;
        float columns = 0;
        for (int r = row; r < row + CELL; r++) {
            for (int c = column; c < column + CELL; c++) {
                int ink = pictures.pixel(index, 0, r, c);
                sum += ink;
                rows += ink * (r + 0.5f);
                columns += ink * (c + 0.5f);
            }
        }
        float all = Math.max(1, sum);
        return new float[] {
            2 * rows / all / pictures.shape().height() - 1,
            2 * columns / all / pictures.shape().width() - 1,
            sum / (255f * CELL * CELL)
        };
    }

    private static double distance(float[] a, float[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    /** Of nodes equally far away, those with the lower number. */
    private static int[][] nearest(float[][] nodes, int neighbours) {
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < nodes.length; i++) {
            long[] order = new long[nodes.length];
            for (int j = 0; j < nodes.length; j++) {
                order[j] = Math.round(distance(nodes[i], nodes[j]) * RESOLUTION) * nodes.length + j;
            }
            Arrays.sort(order);
            for (int n = 1; n <= Math.min(neighbours, nodes.length - 1); n++) {
                edges.add(new int[] {i, (int) (order[n] % nodes.length)});
            }
        }
        return edges.toArray(int[][]::new);
    }

    private static boolean touches(boolean[][] enclosed, int row, int column) {
        for (int r = Math.max(0, row - REACH); r < Math.min(enclosed.length, row + CELL + REACH); r++) {
            for (int c = Math.max(0, column - REACH); c < Math.min(enclosed[r].length, column + CELL + REACH); c++) {
                if (enclosed[r][c]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Pixels without ink that cannot be reached from outside without crossing ink. */
    private static boolean[][] enclosed(Pictures pictures, int index) {
        int height = pictures.shape().height();
        int width = pictures.shape().width();
        boolean[][] inside = new boolean[height][width];
        Deque<int[]> outside = new ArrayDeque<>();
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                inside[r][c] = pictures.pixel(index, 0, r, c) < HALF;
            }
        }
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                if (r == 0 || c == 0 || r == height - 1 || c == width - 1) {
                    outside.add(new int[] {r, c});
                }
            }
        }
        while (!outside.isEmpty()) {
            int[] at = outside.remove();
            int r = at[0];
            int c = at[1];
            if (r >= 0 && c >= 0 && r < height && c < width && inside[r][c]) {
                inside[r][c] = false;
                outside.addAll(List.of(
                        new int[] {r - 1, c}, new int[] {r + 1, c}, new int[] {r, c - 1}, new int[] {r, c + 1}));
            }
        }
        return inside;
    }
}
