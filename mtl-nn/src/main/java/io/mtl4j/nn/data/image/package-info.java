/**
 * Pictures: file formats, well-known data sets, and augmentation.
 *
 * <p>{@link io.mtl4j.nn.data.image.ImageDataSets} finds MNIST and CIFAR-10 in a folder, in a cache, or on the network;
 * {@link io.mtl4j.nn.data.image.IdxReader} and {@link io.mtl4j.nn.data.image.CifarReader} read single files. Pictures stay
 * bytes in memory ({@link io.mtl4j.nn.data.image.Pictures}); an {@link io.mtl4j.nn.data.image.ImageSource} turns those of a
 * batch into numbers, standardises and augments them:
 *
 * <pre>{@code
 * DataSource train(LabeledPictures cifar) {
 *     return ImageSource.builder("photo")
 *             .pictures(cifar.pictures())
 *             .labels("object", cifar.labels())
 *             .standardizer(Standardizer.cifar10())
 *             .augmentation(Augmentations.padAndCrop(4).then(Augmentations.horizontalFlip()))
 *             .build();
 * }
 * }</pre>
 */
package io.mtl4j.nn.data.image;
