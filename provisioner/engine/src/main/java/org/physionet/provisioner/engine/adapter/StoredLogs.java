package org.physionet.provisioner.engine.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * A provider's storage as a place where cloud logs lie. Only reads. Connects at the first call.
 *
 * <p>A failure is an {@link IOException} whose message names the bucket and what the provider said; nothing is retried, since
 * whoever reads logs goes on where they stopped.
 */
public interface StoredLogs extends AutoCloseable {
    /**
     * Every object whose key begins with the prefix, page by page, in the provider's order. What is written meanwhile may
     * be missing; it is there the next time.
     *
     * @param prefix empty: the whole bucket
     */
    void each(String bucket, String prefix, Consumer<StoredLog> found) throws IOException;

    /** The object's bytes as they are stored, in the version that was listed. */
    InputStream open(StoredLog log) throws IOException;

    @Override
    void close();

    /**
     * An object.
     *
     * @param size in bytes; {@link #UNKNOWN} where there is no such figure, e.g. of rows of a table
     * @param version another one for other content under the same key: a generation, an entity tag
     */
    record StoredLog(String bucket, String key, long size, String version) {
        public static final long UNKNOWN = -1;
    }
}
