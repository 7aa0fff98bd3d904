package org.physionet.provisioner.sources.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses, and fails where the JDK's own class is lenient: what follows a compressed part and is no further part
 * (half a header, garbage) is an error and not the end of the file.
 */
final class StrictGzip extends GZIPInputStream {
    private static final int BUFFER = 1 << 16;
    private static final int TRAILER = 8;

    private final InputStream compressed;

    StrictGzip(InputStream compressed) throws IOException {
        super(compressed, BUFFER);
        this.compressed = compressed;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read < 0 && (inf.getRemaining() > TRAILER || compressed.read() >= 0)) {
            throw new IOException("gzip: expected the end, found bytes that are no further part");
        }
        return read;
    }
}
