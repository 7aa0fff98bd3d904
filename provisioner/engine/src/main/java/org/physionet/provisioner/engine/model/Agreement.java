package org.physionet.provisioner.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A DUA signature of a researcher for a dataset; when there are several, the first. Null: time unknown. */
public record Agreement(DatasetId dataset, @Nullable Instant signedAt) {}
