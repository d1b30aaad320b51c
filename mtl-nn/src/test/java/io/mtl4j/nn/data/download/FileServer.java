package io.mtl4j.nn.data.download;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on this machine that serves given contents; paths under {@code /slow/} stop in the middle. */
public final class FileServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();

    public FileServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] content = contents.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(content == null ? 404 : 200, content == null ? -1 : content.length);
            if (content == null) {
                exchange.close();
                return;
            }
            try (OutputStream body = exchange.getResponseBody()) {
                if (exchange.getRequestURI().getPath().startsWith("/slow/")) {
                    body.write(content, 0, content.length / 2);
                    body.flush();
                    Thread.sleep(10_000);
                }
                body.write(content);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    public URI put(String path, byte[] content) {
        contents.put(path, content);
        return address(path);
    }

    public URI address(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    public int requests() {
        return requests.get();
    }

    /** {@return a remote file of this content, named by the last part of its path} */
    public RemoteFile file(String path, byte[] content) {
        return new RemoteFile(
                path.substring(path.lastIndexOf('/') + 1), List.of(put(path, content)), md5(content), 1 << 24);
    }

    public static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
