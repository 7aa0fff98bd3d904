package org.physionet.provisioner.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dataset with what decides who may read it.
 *
 * @param sourceRef where the source keeps it, e.g. {@code project_publishedproject id 38}
 * @param title for people
 * @param policy the source's own word for the requirement, e.g. {@code credentialed}; for people and for causes
 * @param embargoedUntil files are closed while this is after now; null: no embargo
 */
public record Dataset(
        DatasetId id,
        String sourceRef,
        String title,
        String policy,
        Requirement requirement,
        boolean deprecated,
        @Nullable Instant embargoedUntil,
        boolean downloadsAllowed,
        boolean georestricted) {}
