package org.physionet.provisioner.sources.physionet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Few values by ascending integer id, looked up for every one of very many rows: no box is made for the key. */
final class IntIndex<T> {
    private int[] ids = new int[16];
    private final List<T> values = new ArrayList<>();

    /** @throws IllegalArgumentException if the id is not greater than the last one */
    void add(int id, T value) {
        int size = values.size();
        if (size > 0 && id <= ids[size - 1]) {
            throw new IllegalArgumentException("expected an id above " + ids[size - 1] + ", found " + id);
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        ids[size] = id;
        values.add(value);
    }

    @Nullable T find(int id) {
        int at = Arrays.binarySearch(ids, 0, values.size(), id);
        return at < 0 ? null : values.get(at);
    }

    List<T> values() {
        return values;
    }
}
