package org.physionet.provisioner.engine.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;

/**
 * What became of one resource's changes.
 *
 * @param proven read back as wanted
 * @param open not proven: failed, refused, or not known
 * @param kept upkeep that was done and read back as wanted
 * @param neglected upkeep was due and could not be done
 * @param problems one sentence each
 * @param acceptedAt when the provider took the last write of each document; without an entry: none was sent or taken
 */
public record ResourceResult(
        ResourceId resource,
        Set<Change> proven,
        Set<Change> open,
        List<Upkeep> kept,
        boolean neglected,
        List<String> problems,
        SortedMap<String, Instant> acceptedAt) {}
