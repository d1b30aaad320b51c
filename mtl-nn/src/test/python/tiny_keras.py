"""Makes the tiny Keras networks in src/test/resources/pretrained/keras, and what NumPy computes with them.

    python3 tiny_keras.py ../resources/pretrained/keras

Needs h5py and NumPy. The files are laid out as Keras 2.4 writes them; Keras itself is not needed. The forward passes are
written here from the layers' definitions, in double precision from weights in single precision.
"""

import json
import os
import sys

import h5py
import numpy as np

random = np.random.RandomState(7)
INIT = {"class_name": "GlorotUniform", "config": {"seed": None}}
ZEROS = {"class_name": "Zeros", "config": {}}
ONES = {"class_name": "Ones", "config": {}}
NONE = {"kernel_regularizer": None, "bias_regularizer": None, "activity_regularizer": None, "kernel_constraint": None,
        "bias_constraint": None}


def draw(*shape):
    return (random.randn(*shape) * 0.5).astype(np.float32)


def layer(kind, name, inputs=None, **config):
    found = {"class_name": kind, "config": {"name": name, "trainable": True, "dtype": "float32", **config}}
    if inputs is not None:
        found.update(name=name, inbound_nodes=[[[i, 0, 0, {}] for i in inputs]] if inputs else [])
    return found


def dense(name, units, activation, inputs=None, **more):
    return layer("Dense", name, inputs, units=units, activation=activation, use_bias=True, kernel_initializer=INIT,
                 bias_initializer=ZEROS, **NONE, **more)


def write(path, kind, config, weights):
    with h5py.File(path, "w", libver="earliest") as out:
        out.attrs["keras_version"] = b"2.4.0"
        out.attrs["backend"] = b"tensorflow"
        out.attrs["model_config"] = json.dumps({"class_name": kind, "config": config}).encode()
        group = out.create_group("model_weights")
        group.attrs["layer_names"] = np.array([n.encode() for n in weights])
        group.attrs["backend"] = b"tensorflow"
        group.attrs["keras_version"] = b"2.4.0"
        for name, arrays in weights.items():
            part = group.create_group(name)
            names = [f"{name}/{n}:0" for n in arrays]
            part.attrs["weight_names"] = np.array([n.encode() for n in names]) if names else np.zeros(0, "S1")
            for full, value in zip(names, arrays.values()):
                part.create_dataset(full, data=value)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def pictures(folder):
    w = {"conv": {"kernel": draw(3, 3, 2, 3), "bias": draw(3)}, "pool": {}, "flat": {},
         "features": {"kernel": draw(18, 5), "bias": draw(5)}, "answer": {"kernel": draw(5, 3), "bias": draw(3)}}
    layers = [
        layer("InputLayer", "picture", batch_input_shape=[None, 6, 4, 2], sparse=False, ragged=False),
        layer("Conv2D", "conv", filters=3, kernel_size=[3, 3], strides=[1, 1], padding="same", groups=1,
              data_format="channels_last", dilation_rate=[1, 1], activation="relu", use_bias=True,
              kernel_initializer=INIT, bias_initializer=ZEROS, **NONE),
        layer("MaxPooling2D", "pool", pool_size=[2, 2], padding="valid", strides=[2, 2], data_format="channels_last"),
        layer("Flatten", "flat", data_format="channels_last"),
        dense("features", 5, "tanh"),
        dense("answer", 3, "softmax")]
    write(os.path.join(folder, "pictures.h5"), "Sequential", {"name": "pictures", "layers": layers}, w)
    x = random.randn(2, 6, 4, 2)
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    conv = np.zeros((2, 6, 4, 3))
    for i in range(3):
        for j in range(3):
            conv += padded[:, i:i + 6, j:j + 4] @ w["conv"]["kernel"][i, j].astype(float)
    conv = np.maximum(conv + w["conv"]["bias"], 0)
    pool = conv.reshape(2, 3, 2, 2, 2, 3).max((2, 4))
    features = np.tanh(pool.reshape(2, -1) @ w["features"]["kernel"].astype(float) + w["features"]["bias"])
    first = (0, 3, 1, 2)  # channels first, as this library has pictures
    return {"input": x.transpose(first), "conv": conv.transpose(first), "pool": pool.transpose(first),
            "features": features}


def branches(folder):
    w = {"in": {}, "left": {"kernel": draw(4, 5), "bias": draw(5)}, "right": {"kernel": draw(4, 3), "bias": draw(3)},
         "both": {}, "norm": {"gamma": 1 + draw(8), "beta": draw(8), "moving_mean": draw(8),
                              "moving_variance": np.abs(draw(8)) + 0.5},
         "answer": {"kernel": draw(8, 2), "bias": draw(2)}}
    layers = [
        layer("InputLayer", "in", [], batch_input_shape=[None, 4], sparse=False, ragged=False),
        dense("left", 5, "relu", ["in"]), dense("right", 3, "tanh", ["in"]),
        layer("Concatenate", "both", ["left", "right"], axis=-1),
        layer("BatchNormalization", "norm", ["both"], axis=[1], momentum=0.99, epsilon=0.001, center=True, scale=True,
              beta_initializer=ZEROS, gamma_initializer=ONES, moving_mean_initializer=ZEROS,
              moving_variance_initializer=ONES, beta_regularizer=None, gamma_regularizer=None, beta_constraint=None,
              gamma_constraint=None),
        dense("answer", 2, "softmax", ["norm"])]
    config = {"name": "branches", "layers": layers, "input_layers": [["in", 0, 0]], "output_layers": [["answer", 0, 0]]}
    write(os.path.join(folder, "branches.h5"), "Functional", config, w)
    x = random.randn(3, 4)
    left = np.maximum(x @ w["left"]["kernel"].astype(float) + w["left"]["bias"], 0)
    right = np.tanh(x @ w["right"]["kernel"].astype(float) + w["right"]["bias"])
    both = np.concatenate([left, right], 1)
    n = {k: v.astype(float) for k, v in w["norm"].items()}
    norm = (both - n["moving_mean"]) / np.sqrt(n["moving_variance"] + 0.001) * n["gamma"] + n["beta"]
    return {"input": x, "left": left, "both": both, "norm": norm}


def steps(folder):
    w = {"steps": {"lstm_cell/kernel": draw(3, 16), "lstm_cell/recurrent_kernel": draw(4, 16), "lstm_cell/bias": draw(16)},
         "answer": {"kernel": draw(4, 2), "bias": draw(2)}}
    layers = [
        layer("LSTM", "steps", batch_input_shape=[None, 6, 3], units=4, activation="tanh",
              recurrent_activation="sigmoid", use_bias=True, kernel_initializer=INIT, recurrent_initializer=INIT,
              bias_initializer=ZEROS, unit_forget_bias=True, recurrent_regularizer=None, recurrent_constraint=None,
              dropout=0.0, recurrent_dropout=0.0, implementation=2, return_sequences=True, return_state=False,
              go_backwards=False, stateful=False, unroll=False, time_major=False, **NONE),
        dense("answer", 2, "softmax")]
    write(os.path.join(folder, "steps.h5"), "Sequential", {"name": "steps", "layers": layers}, w)
    k, r, b = (w["steps"]["lstm_cell/" + n].astype(float) for n in ("kernel", "recurrent_kernel", "bias"))
    x = random.randn(2, 6, 3)
    h, c, out = np.zeros((2, 4)), np.zeros((2, 4)), []
    for t in range(6):
        i, f, g, o = np.split(x[:, t] @ k + h @ r + b, 4, 1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        out.append(h)
    return {"input": x, "steps": np.stack(out, 1)}


def refused(folder):
    """Networks with a layer that holds Python code, and one of a package that nobody knows."""
    for name, bad in (("lambda", layer("Lambda", "code", function=["4wEAAAAA", None, None], function_type="lambda")),
                      ("unknown", layer("evil>Layer", "other"))):
        layers = [dense("first", 2, "relu", batch_input_shape=[None, 3]), bad]
        write(os.path.join(folder, name + ".h5"), "Sequential", {"name": name, "layers": layers},
              {"first": {"kernel": draw(3, 2), "bias": draw(2)}, bad["config"]["name"]: {}})


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    results = {make.__name__: make(sys.argv[1]) for make in (pictures, branches, steps)}
    refused(sys.argv[1])
    with open(os.path.join(sys.argv[1], "expected.json"), "w") as out:
        json.dump({name: {k: v.tolist() for k, v in result.items()} for name, result in results.items()}, out)
        out.write("\n")
