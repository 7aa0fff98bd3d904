package org.physionet.provisioner.engine.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.eligibility.Population;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.guards.GuardLimits;
import org.physionet.provisioner.engine.model.Agreement;
import org.physionet.provisioner.engine.model.Basis;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;

/** One dataset in one bucket of a toy cloud, drawn in a few strokes; people link the principal {@code p<number>}. */
final class Sketch {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final DatasetId DATASET = new DatasetId("mimiciv", "3.1");
    static final ResourceId RESOURCE = new ResourceId("toy://bucket");

    private final Map<ResearcherId, Researcher> people = new LinkedHashMap<>();
    private final List<Snapshot.Freeze> freezes = new ArrayList<>();
    private final SortedMap<Principal, LiveEdge> live = new TreeMap<>();
    private final List<EdgeRecord> recorded = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private final Map<ResearcherId, SortedSet<Principal>> identities = new HashMap<>();
    private final SortedSet<Principal> keep = new TreeSet<>();
    Mode mode = Mode.ENFORCE;
    boolean known = true;
    boolean awaitsAdoption;
    boolean marked;
    boolean orphan;
    boolean sourceUnreadable;
    boolean holdsUnknown;

    static ResearcherId id(int n) {
        return new ResearcherId(Integer.toString(n));
    }

    static Principal p(String name) {
        return new Principal("toy", name, name);
    }

    /** A person who signed, or did not, and links these identities. */
    Sketch person(int n, boolean signed, String... links) {
        List<CloudAccount> accounts = new ArrayList<>();
        for (String link : links) {
            accounts.add(new CloudAccount("toy", link, Map.of(), null));
        }
        people.put(
                id(n),
                new Researcher(
                        id(n),
                        "user" + n,
                        true,
                        true,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        signed ? List.of(new Agreement(DATASET, NOW)) : List.of(),
                        List.of(),
                        accounts));
        return this;
    }

    Sketch live(String... principals) {
        for (String name : principals) {
            live.put(p(name), new LiveEdge(p(name), name, null, false, ""));
        }
        return this;
    }

    /** An entry whose account the provider marks as deleted. */
    Sketch dead(String principal) {
        live.put(p(principal), new LiveEdge(p(principal), principal, null, true, ""));
        return this;
    }

    /** Entries of a layout that the resource had before. */
    Sketch earlier(String... principals) {
        for (String name : principals) {
            live.put(p(name), new LiveEdge(p(name), name, null, false, "").asEarlier());
        }
        return this;
    }

    /** Recorded as granted by us, or adopted, with an end known in advance or none. */
    Sketch recorded(String principal, int person, boolean adopted, Instant expiresAt) {
        List<EdgeRecord.Holding> holdings =
                List.of(new EdgeRecord.Holding(id(person), DATASET, Basis.AGREEMENT, expiresAt));
        recorded.add(
                new EdgeRecord(RESOURCE, p(principal), EdgeRecord.State.GRANTED, adopted, NOW, NOW, null, holdings));
        identities.computeIfAbsent(id(person), k -> new TreeSet<>()).add(p(principal));
        return this;
    }

    Sketch frozen(int person) {
        freezes.add(new Snapshot.Freeze(id(person), null, null, "unreadable row"));
        return this;
    }

    Sketch hold(Hold hold) {
        holds.add(hold);
        return this;
    }

    Sketch keep(String principal) {
        keep.add(p(principal));
        return this;
    }

    Plan plan() {
        return Planner.plan(situation());
    }

    Situation situation() {
        Dataset dataset = new Dataset(
                DATASET,
                "row",
                "title",
                "restricted",
                new Requirement(true, false, false, new TreeSet<>()),
                false,
                null,
                true,
                false);
        Snapshot snapshot =
                new Snapshot(NOW, people, Map.of(DATASET, dataset), Map.of(), List.of(), freezes, List.of(), List.of());
        Resource resource = new Resource(
                RESOURCE,
                "toy",
                "members",
                Map.of(),
                mode,
                new TreeSet<>(List.of(DATASET)),
                Resource.Admits.ALL,
                keep,
                "catalog");
        RecordView record = record(resource);
        Collection<Researcher> linking = sourceUnreadable ? List.of() : people.values();
        Links links = Links.of(linking, List.of(new ToyIdentities()));
        HoldIndex index = new HoldIndex(holds, links.byPerson(), identities);
        Standing standing = sourceUnreadable ? null : new Population(snapshot).at(NOW, EligibilityRules.DEFAULT, index);
        Observation observation =
                new Observation(RESOURCE, NOW, live, List.of(), marked, new TreeSet<>(), Map.of("toy.get", 1), "state");
        return new Situation(
                NOW,
                standing,
                sourceUnreadable ? Optional.of("source unreadable") : Optional.empty(),
                links,
                KnownIdentities.of(record, sourceUnreadable ? null : snapshot, List.of(new ToyIdentities())),
                index,
                record,
                orphan ? List.of() : List.of(resource),
                orphan ? List.of(resource) : List.of(),
                new TreeMap<>(Map.of("toy", "toy")),
                new TreeMap<>(Map.of(RESOURCE, new Observed.Seen(observation))),
                Facts.of(sourceUnreadable ? null : snapshot, EligibilityRules.DEFAULT, List.of(resource)),
                GuardLimits.DEFAULT,
                Scope.ALL);
    }

    private RecordView record(Resource resource) {
        Map<ResourceId, ResourceRecord> resources = new HashMap<>();
        if (known) {
            resources.put(
                    RESOURCE,
                    new ResourceRecord(
                            RESOURCE,
                            "toy",
                            "members",
                            Map.of(),
                            resource.datasets(),
                            awaitsAdoption,
                            NOW,
                            null,
                            NOW,
                            live.size(),
                            Places.UNKNOWN));
        }
        return new RecordView(
                recorded,
                resources,
                identities,
                Map.of(),
                Map.of(),
                holds,
                List.of(),
                List.of(),
                new TreeMap<>(known ? Map.of(Facts.resource(RESOURCE), Facts.line(resource)) : Map.of()),
                Optional.empty(),
                holdsUnknown,
                List.of());
    }

    /** Principals of the toy cloud are their own canonical form. */
    static final class ToyIdentities implements IdentityKind {
        @Override
        public String kind() {
            return "toy";
        }

        @Override
        public Principal principal(CloudAccount account) {
            return p(account.id());
        }

        @Override
        public Optional<Principal> parse(String text) {
            return Optional.of(p(text));
        }
    }
}
