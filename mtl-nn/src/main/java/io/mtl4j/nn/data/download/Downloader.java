package io.mtl4j.nn.data.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Fetches files over HTTP. A file is written aside, checked by its MD5 sum, and only then given its name, so that a name on
 * disk always stands for a whole file. Safe to use from several threads.
 */
public final class Downloader {

    private static final long POLL_MILLIS = 200;

    private final HttpClient client;
    private final Duration timeout;
    private final DownloadProgress progress;

    /**
     * A downloader.
     *
     * @param timeout the longest time to wait for a connection, for an answer, and for the next bytes
     * @param progress hears how downloads go on
     */
    public Downloader(Duration timeout, DownloadProgress progress) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("downloader: timeout = " + timeout + "; it must be above 0");
        }
        this.timeout = timeout;
        this.progress = Objects.requireNonNull(progress, "progress");
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * A downloader that waits for 30 seconds at most.
     *
     * @param progress hears how downloads go on
     */
    public Downloader(DownloadProgress progress) {
        this(Duration.ofSeconds(30), progress);
    }

    /**
     * Fetches a file, from the first mirror that has it.
     *
     * @param file the file
     * @param folder where to put it; made if it is missing
     * @return the file's path; a file of this name that was there is replaced
     * @throws IOException if no mirror gave the right content; the message says what each did
     * @throws InterruptedIOException if the thread was interrupted, which it stays
     */
    public Path fetch(RemoteFile file, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<IOException> faults = new ArrayList<>();
        for (URI mirror : file.mirrors()) {
            try {
                return fetch(file, mirror, folder);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                faults.add(e);
            }
        }
        String reasons = faults.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
        IOException fault = new IOException("cannot download " + file.name() + ": " + reasons);
        faults.forEach(fault::addSuppressed);
        throw fault;
    }

    private Path fetch(RemoteFile file, URI mirror, Path folder) throws IOException {
        Path aside = Files.createTempFile(folder, file.name(), ".part");
        try {
            String md5;
            try (DownloadSink sink = new DownloadSink(aside, file.maxBytes())) {
                receive(file, mirror, sink);
                md5 = sink.md5();
            }
            if (!md5.equals(file.md5())) {
                throw new IOException(mirror + ": content has MD5 sum " + md5 + ", not " + file.md5()
                        + "; it is not the file wanted");
            }
            return Files.move(aside, folder.resolve(file.name()), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private void receive(RemoteFile file, URI mirror, DownloadSink sink) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(mirror).timeout(timeout).GET().build();
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, info -> {
            sink.expect(info.headers().firstValueAsLong("Content-Length").orElse(-1));
            return info.statusCode() == 200
                    ? BodySubscribers.ofByteArrayConsumer(sink)
                    : BodySubscribers.replacing(null);
        });
        try {
            int status = await(file, mirror, sink, answer).statusCode();
            if (status != 200) {
                throw new IOException(mirror + ": the server answered with status " + status);
            }
            sink.check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("download of " + file.name() + " interrupted");
            stopped.initCause(e);
            throw stopped;
        } finally {
            answer.cancel(true);
        }
    }

    /** Waits for the end, as long as bytes keep coming. */
    private HttpResponse<Void> await(
            RemoteFile file, URI mirror, DownloadSink sink, CompletableFuture<HttpResponse<Void>> answer)
            throws IOException, InterruptedException {
        long received = -1;
        long since = System.nanoTime();
        while (true) {
            try {
                HttpResponse<Void> response = answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                progress.report(file.name(), sink.received(), sink.expected());
                return response;
            } catch (TimeoutException stillRunning) {
                sink.check();
                if (sink.received() > received) {
                    received = sink.received();
                    since = System.nanoTime();
                    progress.report(file.name(), received, sink.expected());
                } else if (System.nanoTime() - since > timeout.toNanos()) {
                    IOException stalled = new IOException(
                            mirror + ": nothing came for " + timeout.toSeconds() + " s, after " + received + " bytes");
                    stalled.initCause(stillRunning);
                    throw stalled;
                }
            } catch (ExecutionException e) {
                throw new IOException(mirror + ": " + e.getCause(), e);
            }
        }
    }
}
