package io.mtl4j.grouping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TaskGroupingTest {

    private static TaskAffinity random(int tasks, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] values = new double[tasks][tasks];
        for (double[] row : values) {
            Arrays.setAll(row, j -> random.nextInt(4) == 0 ? 0 : random.nextDouble(-1, 1));
        }
        return new TaskAffinity(names(tasks), values);
    }

    private static List<String> names(int tasks) {
        return IntStream.range(0, tasks).mapToObj(k -> "t" + k).toList();
    }

    /** The paper's objective, by trying all collections of at most b groups. */
    private static double bruteForce(TaskAffinity affinity, double[] alone, int most) {
        List<double[]> groups = new ArrayList<>();
        int tasks = alone.length;
        for (int set = 1; set < 1 << tasks; set++) {
            int all = set;
            List<String> group = IntStream.range(0, tasks)
                    .filter(k -> (all >> k & 1) != 0)
                    .mapToObj(affinity.tasks()::get)
                    .toList();
            double[] onto = new double[tasks];
            for (int k = 0; k < tasks; k++) {
                String task = affinity.tasks().get(k);
                onto[k] = !group.contains(task)
                        ? Double.NEGATIVE_INFINITY
                        : group.size() == 1 ? alone[k] : affinity.onto(group, task);
            }
            groups.add(onto);
        }
        double[] nothing = new double[tasks];
        Arrays.fill(nothing, Double.NEGATIVE_INFINITY);
        return best(groups, 0, nothing, most);
    }

    private static double best(List<double[]> groups, int from, double[] soFar, int left) {
        double best = Arrays.stream(soFar).sum();
        for (int g = from; left > 0 && g < groups.size(); g++) {
            double[] onto = groups.get(g);
            double[] more = new double[soFar.length];
            Arrays.setAll(more, k -> Math.max(soFar[k], onto[k]));
            best = Math.max(best, best(groups, g + 1, more, left - 1));
        }
        return best;
    }

    @Property(tries = 60)
    void isAsGoodAsTheBestOfAllCollections(
            @ForAll @IntRange(min = 1, max = 4) int tasks,
            @ForAll @IntRange(min = 1, max = 4) int most,
            @ForAll long seed) {
        TaskAffinity affinity = random(tasks, seed);
        double[] alone = new SplittableRandom(seed + 1).doubles(tasks, -1, 1).toArray();
        TaskGrouping found = TaskGrouping.best(affinity, most, alone);
        assertEquals(bruteForce(affinity, alone, most), found.score(), 1e-9);
        assertTrue(found.groups().size() <= most);
    }

    @Property(tries = 20)
    void isAsGoodAsTheBestOfTwoAmongMoreTasks(@ForAll @IntRange(min = 5, max = 7) int tasks, @ForAll long seed) {
        TaskAffinity affinity = random(tasks, seed);
        assertEquals(
                bruteForce(affinity, new double[tasks], 2),
                TaskGrouping.best(affinity, 2).score(),
                1e-9);
    }

    @Property(tries = 60)
    void theScoreIsWhatTheGroupsAreWorthAndAllAreServedOnce(
            @ForAll @IntRange(min = 1, max = 8) int tasks,
            @ForAll @IntRange(min = 1, max = 8) int most,
            @ForAll long seed) {
        TaskAffinity affinity = random(tasks, seed);
        TaskGrouping found = TaskGrouping.best(affinity, most);
        double sum = 0;
        List<String> served = new ArrayList<>();
        for (TaskGroup group : found.groups()) {
            for (String task : group.serves()) {
                sum += group.tasks().size() == 1 ? 0 : affinity.onto(group.tasks(), task);
                served.add(task);
                assertEquals(group, found.groupOf(task));
            }
        }
        Collections.sort(served);
        assertEquals(affinity.tasks(), served);
        assertEquals(found.score(), sum, 1e-9);
        assertTrue(most == 1
                || found.score() >= TaskGrouping.best(affinity, most - 1).score() - 1e-12);
    }

    @Example
    void tasksThatHelpEachOtherGoTogetherAndOneThatHarmsGoesAlone() {
        TaskAffinity affinity = new TaskAffinity(
                List.of("digit", "parity", "noise"),
                new double[][] {{0.02, 0.01, -0.002}, {0.008, 0.015, -0.001}, {-0.001, -0.003, 0.004}});
        TaskGrouping two = TaskGrouping.best(affinity, 2);
        assertEquals(List.of("digit", "parity"), two.groupOf("digit").tasks());
        assertEquals(List.of("noise"), two.groupOf("noise").tasks());
        assertEquals(0.018, two.score(), 1e-12);
        assertEquals(two, TaskGrouping.best(affinity, 3), "a third model would be of no use");
        assertEquals(1, TaskGrouping.best(affinity, 1).groups().size());
        assertEquals("0.01800: digit+parity; noise", two.toString());
    }

    /** a helps b and c, which harm each other, and is harmed by both: it is with b, with c, and served alone. */
    @Example
    void aTaskMayHelpInSeveralGroups() {
        TaskAffinity affinity =
                new TaskAffinity(List.of("a", "b", "c"), new double[][] {{0, 1, 1}, {-1, 0, -5}, {-1, -5, 0}});
        TaskGrouping three = TaskGrouping.best(affinity, 3);
        assertEquals(2, three.score(), 1e-12);
        assertEquals(List.of("a", "b"), three.groupOf("b").tasks());
        assertEquals(List.of("b"), three.groupOf("b").serves());
        assertEquals(List.of("a", "c"), three.groupOf("c").tasks());
        assertEquals(List.of("a"), three.groupOf("a").tasks());
        assertTrue(three.toString().contains("a+b for [b]"), three.toString());
    }

    @Example
    void fifteenTasksAreNoTrouble() {
        TaskAffinity affinity = random(15, 3);
        TaskGrouping found = TaskGrouping.best(affinity, 4);
        assertTrue(found.score() > TaskGrouping.best(affinity, 1).score());
        assertFalse(found.groups().size() > 4);
    }

    @Example
    void saysWhatIsWrong() {
        TaskAffinity many = random(17, 1);
        message("17 tasks to group", () -> TaskGrouping.best(many, 2));
        TaskAffinity two = random(2, 1);
        message("groups = 0", () -> TaskGrouping.best(two, 0));
        message("1 numbers for 2 tasks", () -> TaskGrouping.best(two, 1, new double[1]));
        message("worth of being alone = NaN", () -> TaskGrouping.best(two, 1, new double[] {0, Double.NaN}));
        message("no group serves task \"x\"", () -> TaskGrouping.best(two, 1).groupOf("x"));
        message("no task \"x\"", () -> two.of("t0", "x"));
        message("at least one other", () -> two.onto(List.of("t0"), "t0"));
        message("1 rows for 2 tasks", () -> new TaskAffinity(List.of("a", "b"), new double[1][2]));
        message("row 1 has 1 columns", () -> new TaskAffinity(List.of("a", "b"), new double[][] {{0, 0}, {0}}));
        message("must be a finite number", () -> new TaskAffinity(List.of("a"), new double[][] {{Double.NaN}}));
        message("a name of its own", () -> new TaskAffinity(List.of("a", "a"), new double[2][2]));
        message("served by two groups", () -> {
            TaskGroup group = new TaskGroup(List.of("a"), List.of("a"));
            new TaskGrouping(List.of(group, group), 0);
        });
        message("must serve at least one", () -> new TaskGroup(List.of("a"), List.of("b")));
    }

    private static void message(String part, Runnable wrong) {
        String message =
                assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Example
    void theTableNamesTheTasksAndIsInThousandths() {
        String table = new TaskAffinity(List.of("a", "b"), new double[][] {{0.0015, -0.25}, {0, 1}}).table();
        assertEquals(
                "x 0.001          a         b\na            1.500  -250.000\nb            0.000  1000.000\n", table);
    }
}
