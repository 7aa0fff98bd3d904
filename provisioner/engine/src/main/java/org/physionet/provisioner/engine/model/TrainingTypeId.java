package org.physionet.provisioner.engine.model;

/** The source's id of a kind of training, as text, e.g. {@code 1}. */
public record TrainingTypeId(String value) implements Comparable<TrainingTypeId> {
    public TrainingTypeId {
        Texts.requireId(value, "training type id");
    }

    @Override
    public int compareTo(TrainingTypeId other) {
        return Texts.compareNaturally(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
