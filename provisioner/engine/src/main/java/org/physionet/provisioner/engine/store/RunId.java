package org.physionet.provisioner.engine.store;

/** Names one run. */
public record RunId(String value) implements Comparable<RunId> {
    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
