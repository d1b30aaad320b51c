/**
 * Small real data sets that come with the examples, so that they run without a network: {@link
 * io.mtl4j.examples.data.EmbeddedPictures}. Sources and licences are in {@code NOTICE.txt} beside the data.
 */
package io.mtl4j.examples.data;
