package io.mtl4j.nn.data.download;

/** Hears how a download goes on, a few times a second and at its end, in the thread that downloads. */
@FunctionalInterface
public interface DownloadProgress {

    /** Ignores all reports. */
    DownloadProgress SILENT = (file, received, total) -> {};

    /**
     * Takes a report.
     *
     * @param file name of the file
     * @param received bytes received so far
     * @param total bytes there are, or -1 if the server did not say
     */
    void report(String file, long received, long total);
}
