package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationReportTest {
    private final ClassCounts counts = new ClassCounts(
            List.of("class 0", "class 1", "class 2"),
            List.of(new Counts(1, 1, 0), new Counts(0, 1, 1), new Counts(2, 0, 1)));

    @Test
    void looksLikeTheOneOfScikitLearn() {
        // labels 0 1 2 2 2, answers 0 0 2 2 1, as in the documentation of classification_report
        assertEquals("""
                              precision    recall  f1-score   support

                     class 0       0.50      1.00      0.67         1
                     class 1       0.00      0.00      0.00         1
                     class 2       1.00      0.67      0.80         3

                    accuracy                           0.60         5
                   macro avg       0.50      0.56      0.49         5
                weighted avg       0.70      0.60      0.61         5
                """, new ClassificationReport(counts, true).toString());
    }

    @Test
    void showsTheMicroAverageWhenLabelsDoNotExcludeEachOther() {
        String report = new ClassificationReport(counts, false, 3).toString();
        assertTrue(report.contains("   micro avg      0.600     0.600     0.600         5\n"), report);
    }

    @Test
    void showsWhatIsNotDefinedAsADash() {
        String report =
                new ClassificationReport(new ClassCounts(List.of("rare"), List.of(Counts.ZERO)), true).toString();
        assertTrue(report.contains("        rare          -         -         -         0\n"), report);
    }

    @Test
    void longNamesWidenTheTable() {
        ClassCounts wide = new ClassCounts(List.of("a very long class name"), List.of(new Counts(1, 0, 0)));
        new ClassificationReport(wide, true)
                .toString()
                .lines()
                .filter(l -> !l.isEmpty())
                .forEach(line -> assertEquals(22 + 1 + 4 * 10, line.length(), line));
    }

    @Test
    void digitsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ClassificationReport(counts, true, -1));
        assertThrows(IllegalArgumentException.class, () -> new ClassificationReport(counts, true, 16));
    }
}
