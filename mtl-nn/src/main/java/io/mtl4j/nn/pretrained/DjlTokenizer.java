package io.mtl4j.nn.pretrained;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.pretrained.PieceTokenizer.Pieces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** All that uses DJL's classes, which may be missing. */
record DjlTokenizer(HuggingFaceTokenizer tokenizer) {

    private static final String OFFLINE = "ai.djl.offline";

    static DjlTokenizer open(Path file, int longest) {
        Map<String, String> options = Map.of(
                "truncation", "true", "maxLength", "" + longest, "modelMaxLength", "" + longest, "padding", "false");
        try (InputStream in = Files.newInputStream(file)) {
            return new DjlTokenizer(offline(in, options));
        } catch (IOException | RuntimeException e) {
            throw DataFileException.of(
                            file.toString(),
                            "Hugging Face's library cannot read it (" + e.getMessage()
                                    + "); fetch it again, or save it by a newer version of Python's tokenizers")
                    .because(e);
        }
    }

    /** Otherwise DJL fetches a native library where it finds a GPU, and reports to its makers where it finds itself at Amazon. */
    private static synchronized HuggingFaceTokenizer offline(InputStream in, Map<String, String> options)
            throws IOException {
        String before = System.getProperty(OFFLINE);
        System.setProperty(OFFLINE, "true");
        try {
            return HuggingFaceTokenizer.newInstance(in, options);
        } finally {
            if (before == null) {
                System.clearProperty(OFFLINE);
            } else {
                System.setProperty(OFFLINE, before);
            }
        }
    }

    List<String> pieces(String text) {
        return List.of(tokenizer.encode(text, false, false).getTokens());
    }

    int[] encode(String text) {
        return ids(tokenizer.encode(text));
    }

    int[] encode(String first, String second) {
        return ids(tokenizer.encode(first, second));
    }

    Pieces split(List<String> words) {
        Encoding encoding = tokenizer.encode(words);
        return new Pieces(ids(encoding), ints(encoding.getWordIds()));
    }

    private static int[] ids(Encoding encoding) {
        return ints(encoding.getIds());
    }

    private static int[] ints(long[] numbers) {
        return Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray();
    }

    void close() {
        tokenizer.close();
    }
}
