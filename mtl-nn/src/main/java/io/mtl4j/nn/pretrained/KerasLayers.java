package io.mtl4j.nn.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtl4j.nn.data.DataFileException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The layers that a description of a Keras network may name. */
final class KerasLayers {

    private static final Set<String> NETWORKS = Set.of("Model", "Functional");
    private static final String SEQUENTIAL = "Sequential";
    private static final Set<String> WRAPPERS = Set.of("Bidirectional", "TimeDistributed");
    private static final Set<String> KNOWN =
            Set.of(("Activation Add AlphaDropout AtrousConvolution1D AtrousConvolution2D Average AveragePooling1D"
                            + " AveragePooling2D AveragePooling3D BatchNormalization Bidirectional Concatenate Conv1D Conv2D"
                            + " Conv2DTranspose Conv3D Convolution1D Convolution2D Convolution3D Cropping1D Cropping2D"
                            + " Cropping3D Deconvolution2D Dense DepthwiseConv2D Dot Dropout ELU Embedding Flatten"
                            + " GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D"
                            + " GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D InputLayer"
                            + " LSTM LeakyReLU LocallyConnected1D LocallyConnected2D Masking MaxPooling1D MaxPooling2D"
                            + " MaxPooling3D Maximum Merge Multiply PReLU Permute ReLU RepeatVector Reshape SeparableConv2D"
                            + " SeparableConvolution2D SimpleRNN Softmax SpatialDropout1D SpatialDropout2D SpatialDropout3D"
                            + " Subtract ThresholdedReLU TimeDistributed TimeDistributedDense UpSampling1D UpSampling2D"
                            + " UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D")
                    .split(" "));

    private KerasLayers() {}

    /**
     * {@return whether the network is sequential, after a look at each of its layers}
     *
     * @throws DataFileException if one is not known
     */
    static boolean check(String file, String json) {
        JsonNode root = StrictJson.parse(json.getBytes(StandardCharsets.UTF_8), file);
        String kind = root.path("class_name").asText();
        if (!kind.equals(SEQUENTIAL) && !NETWORKS.contains(kind)) {
            throw DataFileException.of(
                    file,
                    "the network is of the class " + StrictJson.shortened(root.path("class_name"))
                            + "; sequential and functional ones can be read, so save it as one of these");
        }
        JsonNode config = root.path("config");
        JsonNode layers = config.isArray() ? config : config.path("layers");
        if (!layers.isArray() || layers.isEmpty()) {
            throw DataFileException.of(file, "the network has no layers; save it again");
        }
        layers.forEach(layer -> requireKnown(file, layer));
        return kind.equals(SEQUENTIAL);
    }

    private static void requireKnown(String file, JsonNode layer) {
        String name = layer.path("class_name").asText();
        if (name.equals("Lambda")) {
            throw DataFileException.of(
                    file,
                    "layer " + StrictJson.shortened(layer.path("config").path("name"))
                            + " is a Lambda, which holds Python code; replace it by layers of Keras, or cut the network"
                            + " before it and save that part");
        }
        if (!KNOWN.contains(name)) {
            throw DataFileException.of(
                    file,
                    "layer " + StrictJson.shortened(layer.path("config").path("name")) + " is of the class "
                            + StrictJson.shortened(layer.path("class_name")) + "; known are "
                            + KNOWN.stream().sorted().toList());
        }
        if (WRAPPERS.contains(name)) {
            requireKnown(file, layer.path("config").path("layer"));
        }
    }
}
