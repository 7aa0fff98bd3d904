package org.physionet.provisioner.engine.model;

/** A researcher's stable id in the source, as text (CONTRACT, "Output of record"). Compared exactly. */
public record ResearcherId(String value) implements Comparable<ResearcherId> {
    public ResearcherId {
        Texts.requireId(value, "researcher id");
    }

    /** Numeric ids by number, the rest as text after them: the order people expect in lists. */
    @Override
    public int compareTo(ResearcherId other) {
        return Texts.compareNaturally(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
