package io.mtl4j.nn.spark;

import java.io.Serializable;

/**
 * What a worker needs to know once.
 *
 * @param training names this training among all
 * @param model the model as it was when training began
 * @param settings the settings
 */
record Setup(String training, ModelBytes model, SparkSettings settings) implements Serializable {}
