package org.physionet.provisioner.store.state;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.store.ledger.Reference;

/** Small steps between values and rows. */
final class Rows {
    private Rows() {}

    static @Nullable Integer idOrNull(@Nullable Reference reference) {
        return reference == null ? null : reference.id();
    }

    /** A key that is known to be there. */
    static <K, V> V get(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key), () -> "no entry for " + key);
    }
}
