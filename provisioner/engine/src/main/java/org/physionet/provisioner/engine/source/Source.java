package org.physionet.provisioner.engine.source;

/**
 * Where verified identities come from. Read only: nothing is ever written to it.
 *
 * <p>Implementations are found through {@link SourceProvider}. Not required to be safe for concurrent use.
 */
public interface Source extends AutoCloseable {
    /**
     * Reads everything at one consistent moment. All or nothing: a connection that dies in the middle, a file that ends
     * early or a compressed file without its end is an exception, never a shorter snapshot.
     *
     * @throws SourceUnreadableException if the source can not be reached or not be read to its end
     */
    Snapshot read() throws SourceUnreadableException;

    @Override
    void close();
}
