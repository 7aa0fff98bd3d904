package org.physionet.provisioner.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * A kind of training that a dataset may require.
 *
 * @param name for people
 * @param validity how long a certificate counts from when it was processed; null: for ever
 */
public record TrainingType(
        TrainingTypeId id, String name, @Nullable TermLength validity) {}
