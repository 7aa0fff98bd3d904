package org.physionet.provisioner.engine.planning;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.guards.GuardLimits;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.RecordView;

/**
 * Everything a plan depends on, at one instant. Same situation, same plan.
 *
 * @param standing who may read what; null: the source can not be read, so only known ends and blocks take effect
 * @param sourceTrouble why the source is not to be trusted now (its health), empty: it is; then too only known ends and
 *     blocks take effect
 * @param onceLinked whose an identity is that nobody links now: {@link KnownIdentities}
 * @param orphans recorded resources that the catalog and the source no longer have: frozen, blocks still apply
 * @param identityKinds the identity kind that each provider lets in, by provider
 */
public record Situation(
        Instant at,
        @Nullable Standing standing,
        Optional<String> sourceTrouble,
        Links links,
        Map<Principal, ResearcherId> onceLinked,
        HoldIndex holds,
        RecordView record,
        List<Resource> resources,
        List<Resource> orphans,
        SortedMap<String, String> identityKinds,
        SortedMap<ResourceId, Observed> observed,
        SortedMap<String, String> facts,
        GuardLimits limits,
        Scope scope) {

    /** Whether the source may move people in and out. */
    boolean trusted() {
        return standing != null && sourceTrouble.isEmpty();
    }
}
