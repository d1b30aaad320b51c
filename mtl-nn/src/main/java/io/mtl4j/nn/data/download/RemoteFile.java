package io.mtl4j.nn.data.download;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file on the network whose content is known.
 *
 * @param name name of the file on disk, without folders
 * @param mirrors http or https addresses, tried in this order
 * @param md5 MD5 sum of the content, 32 hexadecimal digits
 * @param maxBytes a download that gets longer is stopped
 */
public record RemoteFile(String name, List<URI> mirrors, String md5, long maxBytes) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    /** Checks the values. */
    public RemoteFile {
        mirrors = List.copyOf(mirrors);
        md5 = md5.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("remote file: name \"" + name
                    + "\"; it must be a plain file name of letters, digits, dots, dashes and underscores");
        }
        if (mirrors.isEmpty()) {
            throw new IllegalArgumentException("remote file " + name + ": no address; give at least one");
        }
        for (URI mirror : mirrors) {
            if (!"https".equals(mirror.getScheme()) && !"http".equals(mirror.getScheme())) {
                throw new IllegalArgumentException(
                        "remote file " + name + ": address " + mirror + "; it must start with https:// or http://");
            }
        }
        if (!MD5.matcher(md5).matches()) {
            throw new IllegalArgumentException(
                    "remote file " + name + ": MD5 sum \"" + md5 + "\"; it must have 32 hexadecimal digits");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException(
                    "remote file " + name + ": maxBytes = " + maxBytes + "; it must be at least 1");
        }
    }
}
