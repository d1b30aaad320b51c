package io.mtl4j.nn.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Takes zip files apart and puts them together, with checksums that fit what is in them. */
public final class Zips {

    private Zips() {}

    /** {@return the entries of a zip file, by name} */
    public static Map<String, byte[]> entries(byte[] zip) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                entries.put(e.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    /** {@return a zip file whose list of entries says that one of them unpacks to so many bytes} */
    public static byte[] claimSize(byte[] zip, String name, long size) {
        byte[] claimed = zip.clone();
        ByteBuffer bytes = ByteBuffer.wrap(claimed).order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.getInt(zip.length - 6); // where the list begins, as the last 22 bytes of the file say
        while (!new String(zip, at + 46, bytes.getShort(at + 28), StandardCharsets.UTF_8).equals(name)) {
            at += 46 + bytes.getShort(at + 28) + bytes.getShort(at + 30) + bytes.getShort(at + 32);
        }
        bytes.putInt(at + 24, (int) size);
        return claimed;
    }

    /** {@return a zip file of these entries} */
    public static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
