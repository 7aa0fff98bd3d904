package org.physionet.provisioner.store.queue;

import com.github.kagkarlsson.scheduler.serializer.Serializer;

/** A job's subject is its name; nothing else is stored. So nothing that stands in the database is ever turned into objects. */
final class NoData implements Serializer {
    private static final byte[] NONE = {};

    @Override
    public byte[] serialize(Object data) {
        return NONE;
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] data) {
        throw new IllegalStateException("job: expected no data, found " + data.length + " bytes");
    }
}
