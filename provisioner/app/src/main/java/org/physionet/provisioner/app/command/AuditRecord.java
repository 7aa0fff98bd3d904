package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.audit.review.Recorded;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;

/** What cloud logs are held against: the record, and from the source the names that the record does not keep. */
final class AuditRecord {
    private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");

    private final Wiring wiring;
    private final Instant now;

    AuditRecord(Wiring wiring, Instant now) {
        this.wiring = wiring;
        this.now = now;
    }

    /** @param writes whether the ledger's own writes are wanted too */
    Recorded read(boolean writes) {
        RecordView view = wiring.view();
        SortedMap<String, Recorded.Place> places = new TreeMap<>();
        Map<ResourceId, Resource> catalog = new TreeMap<>();
        wiring.catalog().resources().forEach(resource -> catalog.put(resource.id(), resource));
        view.resources().values().forEach(record -> {
            Resource entry = catalog.get(record.id());
            places.put(record.id().text(), place(record, entry == null ? Set.of() : kept(entry)));
        });
        catalog.values().forEach(resource -> places.putIfAbsent(resource.id().text(), unseen(resource)));
        return new Recorded(
                wiring.store().answers().intervals(Instant.EPOCH, FOREVER),
                new ArrayList<>(places.values()),
                identities(view),
                writes ? writes() : List.of());
    }

    private static Recorded.Place place(ResourceRecord record, Set<String> kept) {
        return new Recorded.Place(
                record.id().text(),
                record.layout(),
                texts(record.datasets()),
                record.options().get("group"),
                record.places().documents(),
                kept,
                record.firstSeenAt(),
                record.adoptedAt() != null || record.awaitsAdoption(),
                revokeVisible(record.provider(), record.layout()));
    }

    /** In the catalog, and no run has looked at it yet. */
    private Recorded.Place unseen(Resource resource) {
        return new Recorded.Place(
                resource.id().text(),
                resource.layout(),
                texts(resource.datasets()),
                resource.options().get("group"),
                Set.of(),
                kept(resource),
                now,
                false,
                revokeVisible(resource.provider(), resource.layout()));
    }

    private static SortedSet<String> texts(Set<DatasetId> datasets) {
        SortedSet<String> texts = new TreeSet<>();
        datasets.forEach(id -> texts.add(id.toString()));
        return texts;
    }

    private static Set<String> kept(Resource resource) {
        Set<String> kept = new HashSet<>();
        resource.keep().forEach(principal -> kept.add(principal.text()));
        return kept;
    }

    /** At the most, without asking a cloud: facts/gcp.md 2, row 20; facts/aws.md A2.3. */
    private static Duration revokeVisible(String provider, String layout) {
        if (layout.equals("group")) {
            return Duration.ofHours(24);
        }
        return provider.equals("gcp") ? Duration.ofMinutes(10) : Duration.ofMinutes(5);
    }

    private List<Recorded.Linked> identities(RecordView view) {
        List<Recorded.Linked> linked = new ArrayList<>();
        view.identities()
                .forEach((researcher, principals) -> principals.forEach(principal -> linked.add(new Recorded.Linked(
                        principal, researcher.value(), view.usernames().get(researcher), Set.of()))));
        if (!(wiring.reading() instanceof SourceReading.Read read)) {
            return linked;
        }
        Map<String, IdentityKind> kinds = new TreeMap<>();
        wiring.parts().identityKinds().values().forEach(kind -> kinds.put(kind.kind(), kind));
        read.snapshot().researchers().values().forEach(researcher -> {
            for (CloudAccount account : researcher.accounts()) {
                principal(kinds, account)
                        .ifPresent(principal -> linked.add(new Recorded.Linked(
                                principal, researcher.id().value(), researcher.username(), aliases(kinds, account))));
            }
        });
        return linked;
    }

    private static Optional<Principal> principal(Map<String, IdentityKind> kinds, CloudAccount account) {
        IdentityKind kind = kinds.get(account.kind());
        try {
            return kind == null || !account.usable() ? Optional.empty() : Optional.of(kind.principal(account));
        } catch (IllegalArgumentException e) {
            // Nobody was ever let in by it; plan says so.
            return Optional.empty();
        }
    }

    private static Set<String> aliases(Map<String, IdentityKind> kinds, CloudAccount account) {
        Set<String> aliases = new HashSet<>();
        account.attributes().forEach((name, value) -> {
            if (!value.isBlank() && (name.equals("arn") || name.equals("subject"))) {
                aliases.add(value);
            }
        });
        IdentityKind kind = kinds.get(account.kind());
        if (kind != null) {
            kind.alsoShownAs(account).forEach(principal -> aliases.add(principal.text()));
        }
        return aliases;
    }

    private List<Recorded.Write> writes() {
        return LedgerWrites.of(wiring.store().answers());
    }
}
