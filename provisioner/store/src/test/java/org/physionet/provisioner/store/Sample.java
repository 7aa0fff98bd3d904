package org.physionet.provisioner.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.Basis;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.AccessQueries.EventFilter;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.RunRecord;

/** A small site to tell stories about. */
final class Sample {
    static final Instant NOON = Backend.NOON;
    static final RunId RUN = new RunId("run-1");
    static final ResourceId BUCKET = new ResourceId("gs://mimiciv-3.1.physionet.org");
    static final DatasetId MIMIC = DatasetId.parse("mimiciv/3.1");
    static final ResearcherId ADA = new ResearcherId("17");
    static final ResearcherId BOB = new ResearcherId("18");
    static final Principal ADA_GOOGLE = google("ada@example.org");
    static final Principal BOB_GOOGLE = google("bob@example.org");

    private Sample() {}

    static Principal google(String email) {
        return new Principal("google", "user:" + email.toLowerCase(java.util.Locale.ROOT), "user:" + email);
    }

    static Instant minutes(long after) {
        return NOON.plus(Duration.ofMinutes(after));
    }

    static RunRecord run(RunId id, Instant at) {
        return new RunRecord(id, "run", "root@host", null, at, null, null);
    }

    static Researcher researcher(ResearcherId id, String username) {
        return new Researcher(
                id, username, true, true, null, null, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    static Resource bucket() {
        return new Resource(
                BUCKET,
                "gcp",
                "members",
                Map.of("group", "g@example.org"),
                Mode.ENFORCE,
                new TreeSet<>(List.of(MIMIC)),
                Resource.Admits.ALL,
                new TreeSet<>(),
                "catalog");
    }

    static SortedSet<String> documents(String... names) {
        return new TreeSet<>(List.of(names));
    }

    static Holding holding(ResearcherId researcher) {
        return new Holding(researcher, MIMIC, Basis.AGREEMENT, minutes(60 * 24 * 365));
    }

    static EdgeChange grant(Principal principal, Holding... holdings) {
        return new EdgeChange(Action.GRANT, BUCKET, principal, List.of(), List.of(holdings));
    }

    static EdgeChange revoke(Principal principal, String... reasons) {
        return new EdgeChange(Action.REVOKE, BUCKET, principal, List.of(reasons), List.of());
    }

    static EdgeResult result(Action action, Principal principal, Stage stage, Instant at) {
        return new EdgeResult(action, BUCKET, principal, stage, at, "");
    }

    /** A store in which a run has begun, the bucket was seen, and Ada and Bob link their accounts. */
    static void begin(SqlStore store) {
        store.beginRun(run(RUN, NOON));
        store.remember(
                NOON,
                List.of(researcher(ADA, "ada"), researcher(BOB, "bob")),
                Map.of(ADA, List.of(ADA_GOOGLE), BOB, List.of(BOB_GOOGLE)));
        store.resourceSeen(NOON, bucket(), false, 0, documents("policy"), null);
    }

    /** Ada's edge, granted, accepted and proven in minutes 1 and 2. */
    static void grantAda(SqlStore store) {
        store.intend(RUN, minutes(0), BUCKET, "policy", List.of(grant(ADA_GOOGLE, holding(ADA))));
        store.conclude(RUN, List.of(result(Action.GRANT, ADA_GOOGLE, Stage.ACCEPTED, minutes(1))));
        store.conclude(RUN, List.of(result(Action.GRANT, ADA_GOOGLE, Stage.PROVEN, minutes(2))));
    }

    static EventFilter everything() {
        return new EventFilter(null, null, null, null, null, 1, Integer.MAX_VALUE);
    }

    static List<String> types(SqlStore store) {
        return store.answers().events(everything()).stream().map(e -> e.type()).toList();
    }

    static <T> List<T> sorted(Collection<T> all) {
        return all.stream().sorted().toList();
    }
}
