package org.physionet.provisioner.sources.physionet;

import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;

/**
 * A row of {@code project_publishedproject}.
 *
 * @param ordinal its place among all, from 0, for arrays
 * @param dataset as it will be in the snapshot
 * @param ambiguous another row has the same slug and version, so that facts about this one can not be told apart
 */
record Project(int id, int ordinal, Dataset dataset, boolean ambiguous) {
    DatasetId datasetId() {
        return dataset.id();
    }

    /** Public: anyone may read its resources, so they are not declared. */
    boolean open() {
        return dataset.requirement().isOpen();
    }
}
