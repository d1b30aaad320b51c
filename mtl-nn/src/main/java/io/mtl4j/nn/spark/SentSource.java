package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.SourceBatch;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Examples of one input as they are sent to other machines; see {@link SourceBatch}.
 *
 * @param features their features
 * @param steps their mask of steps, or null
 * @param relations their relations, or null
 * @param labels labels by task
 * @param masks masks by task
 */
record SentSource(
        SentArray features,
        SentArray steps,
        SentArray relations,
        Map<String, SentArray> labels,
        Map<String, SentArray> masks)
        implements Serializable {

    static SentSource of(SourceBatch batch) {
        return new SentSource(
                SentArray.of(batch.features()),
                SentArray.of(batch.steps()),
                SentArray.of(batch.relations()),
                sent(batch.labels()),
                sent(batch.labelMasks()));
    }

    private static Map<String, SentArray> sent(Map<String, INDArray> arrays) {
        Map<String, SentArray> sent = new TreeMap<>();
        arrays.forEach((task, array) -> sent.put(task, SentArray.of(array)));
        return sent;
    }

    SourceBatch batch() {
        return new SourceBatch(
                features.array(),
                steps == null ? null : steps.array(),
                relations == null ? null : relations.array(),
                arrays(labels),
                arrays(masks));
    }

    private static Map<String, INDArray> arrays(Map<String, SentArray> sent) {
        return sent.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().array()));
    }
}
