package org.physionet.provisioner.engine.reconcile;

import java.util.List;
import java.util.Set;
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
 */
public record ResourceResult(
        ResourceId resource,
        Set<Change> proven,
        Set<Change> open,
        List<Upkeep> kept,
        boolean neglected,
        List<String> problems) {}
