package io.mtl4j.nn.pretrained;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.nn.data.DataFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads JSON of others: one value in UTF-8, no name twice, no objects made of it. */
final class StrictJson {

    private static final int SHORT = 80;
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    /**
     * Reads a file.
     *
     * @param most the greatest number of bytes that it may have
     * @throws DataFileException if it is missing, larger, or no JSON
     */
    static JsonNode read(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(most + 1);
            if (text.length > most) {
                throw DataFileException.of(
                        file.toString(),
                        "more than " + most + " bytes; it may have so many, so fetch or save it again");
            }
            return parse(text, file.toString());
        } catch (IOException e) {
            throw DataFileException.of(file.toString(), "cannot be read: " + e + "; check the path and the rights")
                    .because(e);
        }
    }

    /**
     * Reads a text.
     *
     * @throws DataFileException if it is no JSON; {@code file} is where it comes from
     */
    static JsonNode parse(byte[] text, String file) {
        try {
            return MAPPER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString());
        } catch (IOException e) {
            String message = e instanceof com.fasterxml.jackson.core.JsonProcessingException json
                    ? json.getOriginalMessage()
                    : "it is not UTF-8";
            throw DataFileException.of(file, "the JSON cannot be read (" + message + "); fetch or save the file again")
                    .because(e);
        }
    }

    /** {@return a value for a message} */
    static String shortened(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() <= SHORT ? text : text.substring(0, SHORT) + "...";
    }
}
