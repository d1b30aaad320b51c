package io.mtl4j.nn.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page: a resource with places for the style, the scripts and the numbers. The script that draws curves, uPlot, comes
 * from its WebJar on the class path, with its licence.
 */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");
    private static final String UPLOT = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new SimpleModule().addSerializer(new Numbers()));

    private final String page;

    /**
     * Reads the parts.
     *
     * @throws IllegalStateException if uPlot is not on the class path
     */
    Template() {
        String folder = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/";
        page = fill(
                text("report.html"),
                Map.of(
                        "style", text("report.css"),
                        "uplot-style", text(folder + "dist/uPlot.min.css"),
                        "uplot-licence", text(folder + "LICENSE"),
                        "uplot", text(folder + "dist/uPlot.iife.min.js"),
                        "script", text("report.js")));
    }

    /** The page with the numbers in it. */
    String fill(PageData data) {
        return fill(page, Map.of("title", escape(data.title()), "data", json(data)));
    }

    /** Puts texts in their places, in one go, so that nothing in a text is taken for a place; others stay. */
    private static String fill(String template, Map<String, String> texts) {
        return PLACE.matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(texts.getOrDefault(found.group(1), found.group())));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** JSON within a script: without the sign that could end it. */
    private static String json(PageData data) {
        try {
            return JSON.writeValueAsString(data).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("training report: its numbers cannot be written as JSON", e);
        }
    }

    private static String uplotVersion() {
        Properties properties = new Properties();
        try (InputStream in = Template.class.getResourceAsStream(UPLOT)) {
            if (in == null) {
                throw new IllegalStateException(
                        "training report: uPlot, which draws its charts, is not on the class path;"
                                + " add the dependency org.webjars.npm:uplot, which comes with mtl-nn unless it is excluded");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("training report: " + UPLOT + " cannot be read; is the jar damaged?", e);
        }
        return properties.getProperty("version");
    }

    private static String text(String resource) {
        try (InputStream in = Template.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("training report: " + resource
                        + " is missing on the class path; a jar was put together without its resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("training report: " + resource + " cannot be read; is the jar damaged?", e);
        }
    }

    /** Writes numbers in single precision, which is more than a screen shows, and those that JSON has no word for as null. */
    private static final class Numbers extends StdSerializer<double[]> {

        private static final long serialVersionUID = 1;

        Numbers() {
            super(double[].class);
        }

        @Override
        public void serialize(double[] values, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartArray();
            for (double value : values) {
                float narrow = (float) value;
                if (Float.isFinite(narrow)) {
                    json.writeNumber(narrow);
                } else {
                    json.writeNull();
                }
            }
            json.writeEndArray();
        }
    }
}
