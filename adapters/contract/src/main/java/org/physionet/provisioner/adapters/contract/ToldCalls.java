package org.physionet.provisioner.adapters.contract;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.physionet.provisioner.engine.adapter.CallListener;

/** Remembers the calls that an adapter told of. Safe for concurrent use. */
final class ToldCalls implements CallListener {
    private final Map<String, Long> counts = new TreeMap<>();

    @Override
    public synchronized void called(String method, boolean write, String outcome) {
        counts.merge(key(method, write), 1L, Long::sum);
    }

    synchronized void forget() {
        counts.clear();
    }

    synchronized Map<String, Long> counts() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    static String key(String method, boolean write) {
        return method + (write ? " write" : " read");
    }
}
