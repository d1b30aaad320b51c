/**
 * Fetching files of data sets from the network, once: {@link io.mtl4j.nn.data.download.Downloader} tries the mirrors of a
 * {@link io.mtl4j.nn.data.download.RemoteFile}, checks what came, and leaves nothing half done.
 */
package io.mtl4j.nn.data.download;
