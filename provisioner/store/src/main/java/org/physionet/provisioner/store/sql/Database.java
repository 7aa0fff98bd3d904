package org.physionet.provisioner.store.sql;

import java.sql.SQLException;
import org.physionet.provisioner.engine.store.StoreException;

/** One database and its connections. Safe for concurrent use. Every method throws {@link StoreException}. */
public interface Database extends AutoCloseable {
    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Sql sql) throws SQLException;
    }

    /** Reads one consistent state; writing in it fails. */
    <T> T read(Work<T> work);

    /** One durable transaction: all of it is there when this returns, nothing of it when this throws. */
    <T> T write(Work<T> work);

    @Override
    void close();
}
