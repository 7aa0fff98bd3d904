package org.physionet.provisioner.engine.model;

/** Names one hold for ever; shown to people and accepted by {@code holds lift}. */
public record HoldId(String value) implements Comparable<HoldId> {
    public HoldId {
        Texts.requireId(value, "hold id");
    }

    @Override
    public int compareTo(HoldId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
