package org.physionet.provisioner.engine.model;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a dataset asks of a researcher, as a set; PhysioNet's four access policies are four instances of it.
 *
 * @param agreement a DUA signature for this dataset
 * @param credential to be credentialed
 * @param approval an accepted request in force
 * @param trainings each of these types, held at least once and in force
 */
public record Requirement(
        boolean agreement, boolean credential, boolean approval, SortedSet<TrainingTypeId> trainings) {
    public static final Requirement NONE = new Requirement(false, false, false, new TreeSet<>());

    public Requirement {
        trainings = Collections.unmodifiableSortedSet(new TreeSet<>(trainings));
    }

    public boolean isOpen() {
        return !agreement && !credential && !approval && trainings.isEmpty();
    }

    public Basis basis() {
        return approval ? Basis.REQUEST : agreement ? Basis.AGREEMENT : Basis.OPEN;
    }
}
