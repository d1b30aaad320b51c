package io.mtl4j.examples.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds places for the names of points, near them and clear of each other and of the points where there is room. */
final class LabelPlaces {

    private static final double CHARACTER = 6.5;
    private static final double LINE = 14;
    private static final double POINT = 8;
    private static final int RINGS = 40;

    private final Axis x;
    private final Axis y;

    LabelPlaces(Axis x, Axis y) {
        this.x = x;
        this.y = y;
    }

    /**
     * An axis of the picture.
     *
     * @param least value at its beginning
     * @param most value at its end
     * @param pixels its length
     */
    record Axis(double least, double most, double pixels) {

        /** An axis with some room on both sides of the numbers. */
        static Axis around(double[] numbers, int pixels) {
            double least = Arrays.stream(numbers).min().orElse(0);
            double most = Arrays.stream(numbers).max().orElse(1);
            double room = Math.max(1e-6, most - least) / 10;
            return new Axis(least - room, most + room, 0.9 * pixels);
        }

        double pixel(double value) {
            return (value - least) / (most - least) * pixels;
        }

        double value(double pixel) {
            return least + pixel / pixels * (most - least);
        }
    }

    /** A text and its centre. */
    record Label(String text, double x, double y) {}

    private record Box(double x, double y, double width, double height) {
        boolean meets(Box other) {
            return Math.abs(x - other.x) < (width + other.width) / 2
                    && Math.abs(y - other.y) < (height + other.height) / 2;
        }
    }

    /** Takes labels at their points, and gives them where to write them. */
    List<Label> place(List<Label> points) {
        List<Box> taken = new ArrayList<>();
        points.forEach(p -> taken.add(new Box(x.pixel(p.x()), y.pixel(p.y()), POINT, POINT)));
        List<Label> placed = new ArrayList<>();
        for (Label point : points) {
            Box box = free(point, taken);
            taken.add(box);
            placed.add(new Label(point.text(), x.value(box.x()), y.value(box.y())));
        }
        return placed;
    }

    private Box free(Label point, List<Box> taken) {
        double width = CHARACTER * point.text().length();
        Box first = null;
        for (int ring = 0; ring < RINGS; ring++) {
            double up = ring * LINE / 2;
            double side = width / 2 + POINT;
            double[][] offsets = {{side, up}, {-side, up}, {side, -up}, {-side, -up}, {0, up + LINE}, {0, -up - LINE}};
            for (double[] offset : offsets) {
                Box box = new Box(x.pixel(point.x()) + offset[0], y.pixel(point.y()) + offset[1], width, LINE);
                first = first == null ? box : first;
                if (inside(box) && taken.stream().noneMatch(box::meets)) {
                    return box;
                }
            }
        }
        return first;
    }

    private boolean inside(Box box) {
        return box.x() - box.width() / 2 > 0 && box.x() + box.width() / 2 < x.pixels();
    }
}
