package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.weighting.Weightings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README says, compiled and run. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void itsProgramIsTheQuickStart() throws IOException {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme());
        assertTrue(block.find());
        String source = Files.readString(ROOT.resolve("mtl-examples/src/main/java/io/mtl4j/examples/QuickStart.java"));
        assertTrue(squeeze(source).contains(squeeze(block.group(1))), "the README's program is not in QuickStart");
    }

    private static String squeeze(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Test
    void theQuickStartLearnsBothTasks() {
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            QuickStart.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        Matcher said = Pattern.compile("quadrant (\\d), distance ([-0-9.E]+)")
                .matcher(captured.toString(StandardCharsets.UTF_8));
        assertTrue(said.find(), captured.toString(StandardCharsets.UTF_8));
        assertEquals("1", said.group(1));
        assertEquals(0.5, Double.parseDouble(said.group(2)), 0.15);
    }

    @Test
    void everyMethodThatItNamesIsThere() throws IOException {
        Set<String> factories = Arrays.stream(new Class<?>[] {Weightings.class, Aggregations.class})
                .flatMap(c -> Arrays.stream(c.getMethods()))
                .filter(m -> Modifier.isStatic(m.getModifiers()))
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toSet());
        String table = readme().split("## Which method")[1].split("##")[0];
        Matcher call = Pattern.compile("(\\w+)\\(").matcher(table);
        int named = 0;
        while (call.find()) {
            assertTrue(factories.contains(call.group(1)), call.group(1));
            named++;
        }
        assertTrue(named > 15, named + " methods named");
    }

    @Test
    void everyFileThatItLinksToIsThere() throws IOException {
        Matcher link = Pattern.compile("]\\(([^)h][^)]*)\\)").matcher(readme());
        while (link.find()) {
            assertTrue(Files.exists(ROOT.resolve(link.group(1))), link.group(1));
        }
    }
}
