package org.physionet.provisioner.app.wiring;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.eligibility.Population;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Demand;
import org.physionet.provisioner.engine.planning.Links;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.store.RecordView;

/** How many readers a resource would have by the source. The population is judged when it is first asked for, and once. */
final class SourceDemand implements ToIntFunction<Resource> {
    private final Snapshot snapshot;
    private final Instant now;
    private final EligibilityRules rules;
    private final RecordView record;
    private final Map<String, IdentityKind> kinds;
    private @Nullable Links links;
    private @Nullable Standing standing;

    /** @param kinds by provider */
    SourceDemand(
            Snapshot snapshot,
            Instant now,
            EligibilityRules rules,
            RecordView record,
            Map<String, IdentityKind> kinds) {
        this.snapshot = snapshot;
        this.now = now;
        this.rules = rules;
        this.record = record;
        this.kinds = kinds;
    }

    @Override
    public int applyAsInt(Resource resource) {
        if (links == null || standing == null) {
            links = Links.of(snapshot.researchers().values(), kinds.values());
            standing = new Population(snapshot)
                    .at(now, rules, new HoldIndex(record.holds(), links.byPerson(), record.identities()));
        }
        String kind = Objects.requireNonNull(kinds.get(resource.provider())).kind();
        return Demand.readers(resource, kind, standing, links);
    }
}
