package io.mtl4j.nn.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/** On what a training runs. Names of people, machines and folders are left out. */
final class Provenance {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Provenance() {}

    static Map<String, String> software() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("MTL4J", version("io.mtl4j", "mtl-nn"));
        facts.put("Deeplearning4j", version("org.deeplearning4j", "deeplearning4j-nn"));
        facts.put("ND4J", version("org.nd4j", "nd4j-api"));
        facts.put("backend", Nd4j.getBackend().getClass().getSimpleName());
        facts.put("Java", System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vm.name"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        return facts;
    }

    static Map<String, String> machine() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", processor());
        facts.put("processors", "" + Runtime.getRuntime().availableProcessors());
        facts.put("native threads", "" + Nd4j.getEnvironment().maxThreads());
        facts.put(
                "heap at most",
                String.format(Locale.ROOT, "%,d MiB", Runtime.getRuntime().maxMemory() >> 20));
        return facts;
    }

    /** The version that Maven wrote into a jar; classes that come from no jar have none. */
    private static String version(String group, String artifact) {
        String file = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = Provenance.class.getResourceAsStream(file)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "not known: not from its jar");
        } catch (IOException e) {
            return "not known: " + e.getMessage();
        }
    }

    /** The processor's name where the system tells it, else its architecture. */
    private static String processor() {
        String architecture = System.getProperty("os.arch");
        if (!Files.isReadable(CPUS)) {
            return architecture;
        }
        try (Stream<String> lines = Files.lines(CPUS, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", " + architecture)
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            return architecture;
        }
    }
}
