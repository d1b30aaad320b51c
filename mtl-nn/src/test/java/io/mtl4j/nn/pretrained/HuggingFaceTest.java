package io.mtl4j.nn.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.layer.SegmentEmbedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceTest {

    @TempDir
    private Path folder;

    private static String message(Path folder) {
        return assertThrows(DataFileException.class, () -> HuggingFace.bert(folder))
                .getMessage();
    }

    private void config(String name, String json) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode config = (ObjectNode) Tiny.json(file);
        config.set(name, new ObjectMapper().readTree(json));
        Files.writeString(file, config.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model_type | \"gpt2\" | model_type is \"gpt2\"; this library reads [bert, roberta, xlm-roberta, camembert, distilbert]",
                "model_type | null | model_type is null; this library reads [bert, roberta, xlm-roberta, camembert, distilbert]",
                "position_embedding_type | \"relative_key\" | position_embedding_type is \"relative_key\"; only \"absolute\" can be read",
                "is_decoder | true | is_decoder is \"true\"; only \"false\" can be read",
                "hidden_act | \"tanh2\" | hidden_act is \"tanh2\"; it must be one of [gelu, gelu_fast, gelu_new, gelu_pytorch_tanh, quick_gelu, relu, silu, swish]",
                "hidden_size | -32 | hidden_size is -32; it must be a whole number, at least 1",
                "hidden_size | 1e3 | hidden_size is 1000.0; it must be a whole number, at least 1",
                "num_hidden_layers | 99999999999 | num_hidden_layers is 99999999999; it must be a whole number, at least 1",
                "num_attention_heads | 5 | bert: 5 heads for 32 features; the number of heads must divide the number of features",
                "hidden_dropout_prob | 1.5 | bert: dropout = 1.5; it must be from 0.0 to 0.9999999999999999",
                "layer_norm_eps | \"1e-12\" | layer_norm_eps is \"1e-12\"; it must be a number"
            })
    void saysWhatIsWrongInTheConfiguration(String name, String value, String expected) throws IOException {
        Tiny.copy("bert", folder);
        config(name, value);
        assertEquals(folder.resolve("config.json") + ": " + expected, message(folder));
    }

    @ParameterizedTest
    @CsvSource({
        "vocab_size, 101, 'array \"bert.embeddings.word_embeddings.weight\" has the shape [100, 32] where config.json asks for [101, 32]'",
        "num_hidden_layers, 3, 'the weights have no array \"bert.encoder.layer.2.attention.self.query.weight\"'",
        "max_position_embeddings, 2000000000, 'has the shape [24, 32] where config.json asks for [2000000000, 32]'"
    })
    void saysWhichArrayDoesNotFit(String name, String value, String expected) throws IOException {
        Tiny.copy("bert", folder);
        config(name, value);
        String message = message(folder);
        assertTrue(message.contains(expected), message);
    }

    @Test
    void refusesPicklesAndMissingFiles() throws IOException {
        Tiny.copy("bert", folder);
        Files.delete(folder.resolve("model.safetensors"));
        assertTrue(message(folder)
                .endsWith("has no model.safetensors; put the file there that belongs to the config.json"));
        Files.write(folder.resolve("pytorch_model.bin"), new byte[8]);
        assertTrue(message(folder).contains("which is a Python pickle: a program that could do anything"));
        Files.delete(folder.resolve("config.json"));
        assertTrue(message(folder).contains("cannot be read"));
    }

    @ParameterizedTest
    @CsvSource({"../model.safetensors", "/tmp/x.safetensors", "a/b.safetensors", "..\\x.safetensors", "model.bin", "''"
    })
    void readsNoPartOutsideTheFolder(String part) throws IOException {
        Tiny.copy("roberta", folder);
        Path index = folder.resolve("model.safetensors.index.json");
        ObjectNode json = (ObjectNode) Tiny.json(index);
        ((ObjectNode) json.get("weight_map")).put("embeddings.LayerNorm.weight", part);
        Files.writeString(index, json.toString());
        String message = message(folder);
        assertTrue(message.contains("names the file \"" + part + "\"; parts must be safetensors files in"), message);
    }

    @Test
    void saysWhichPartLacksAnArray() throws IOException {
        Tiny.copy("roberta", folder);
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"weight_map\": {\"x\": \"model-00001-of-00002.safetensors\"}}");
        assertTrue(message(folder).contains("array \"x\" should be in model-00001-of-00002.safetensors"));
    }

    @Test
    void withoutATokenizerAllIsOneSegment() throws IOException {
        Tiny.copy("bert", folder);
        Files.delete(folder.resolve("tokenizer.json"));
        assertEquals(
                SegmentEmbedding.NO_SEPARATOR, HuggingFace.bert(folder).config().separator());
    }
}
