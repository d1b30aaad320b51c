package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.download.RemoteFile;
import java.net.URI;
import java.util.List;

/** Where the data sets are on the network, with the MD5 sums that their makers, or the usual mirrors, publish. */
final class OfficialFiles {

    private static final List<String> MNIST_MIRRORS = List.of(
            "https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/");

    static final List<RemoteFile> MNIST = List.of(
            mnist("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
            mnist("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
            mnist("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
            mnist("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"));

    static final RemoteFile CIFAR10 = new RemoteFile(
            "cifar-10-binary.tar.gz",
            List.of(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")),
            "c32a1d4ab5d03f1284b67883e8d87530",
            200_000_000);

    private OfficialFiles() {}

    private static RemoteFile mnist(String name, String md5) {
        return new RemoteFile(
                name,
                MNIST_MIRRORS.stream().map(mirror -> URI.create(mirror + name)).toList(),
                md5,
                20_000_000);
    }
}
