package org.physionet.provisioner.engine.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Pause;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * The record as of one consistent read: what planning needs of it.
 *
 * @param edges every edge not known to be gone
 * @param identities every principal ever linked, our own copy, by person; also of people whom the source no longer has
 * @param otherNames under which providers showed accounts that were ever linked, to their principals
 * @param usernames last known, by person
 * @param holds in force
 * @param cases open and deferred
 * @param baseline the facts of requirements and catalog as of the last run that acted on them, by key: what "changed" means
 * @param sourceCounts empty before the first healthy snapshot
 * @param holdsUnknown the record was rebuilt and nobody has said yet that its holds are complete: nothing is granted
 * @param pauses in force
 */
public record RecordView(
        List<EdgeRecord> edges,
        Map<ResourceId, ResourceRecord> resources,
        Map<ResearcherId, SortedSet<Principal>> identities,
        Map<Principal, Principal> otherNames,
        Map<ResearcherId, String> usernames,
        List<Hold> holds,
        List<GuardCase> cases,
        List<Quarantined> quarantine,
        SortedMap<String, String> baseline,
        Optional<SourceCounts> sourceCounts,
        boolean holdsUnknown,
        List<Pause> pauses) {}
