package org.physionet.provisioner.adapters.gcp.bigquery;

import org.physionet.provisioner.engine.model.ResourceId;

/** The two parts of {@code bq://PROJECT.DATASET}. */
public record DatasetName(String project, String dataset) {
    public static DatasetName of(ResourceId resource) {
        String location = resource.location();
        int dot = location.lastIndexOf('.');
        return new DatasetName(location.substring(0, dot), location.substring(dot + 1));
    }
}
