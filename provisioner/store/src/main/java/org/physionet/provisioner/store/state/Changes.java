package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Identity;

/** Intents before provider calls, outcomes after them. */
public final class Changes {
    private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,64}(:[A-Za-z0-9_.-]{1,64})?");

    private Changes() {}

    public static void intend(
            Recording recording, RunId run, ResourceId resource, String document, List<EdgeChange> changes)
            throws SQLException {
        int at = Resources.id(recording.sql(), resource);
        Map<Principal, Identity> principals = recording
                .people()
                .principals(changes.stream().map(EdgeChange::principal).toList());
        EdgeTable edges = new EdgeTable(recording.sql());
        Map<Integer, EdgeLife> open = edges.open(at, ids(principals.values()));
        Map<Integer, EdgeLife> touched = new LinkedHashMap<>();
        Map<EdgeLife, List<Holding>> holdings = new LinkedHashMap<>();
        for (EdgeChange change : changes) {
            int principal = Rows.get(principals, change.principal()).id();
            EdgeLife edge = open.get(principal);
            boolean unrecorded = edge == null;
            switch (change.action()) {
                case GRANT -> {
                    if (edge == null) {
                        edge = edges.begin(at, principal, false, EdgeLife.State.GRANTING, recording.at());
                    }
                    edge.intendGrant(run.value(), recording.at());
                    holdings.put(edge, change.holdings());
                }
                case REVOKE -> {
                    if (edge == null) {
                        // What we are about to remove stands in the cloud, so it was given by somebody else.
                        edge = edges.begin(at, principal, true, EdgeLife.State.REVOKING, recording.at());
                        holdings.put(edge, change.holdings());
                    }
                    edge.intendRevoke(run.value(), recording.at());
                }
            }
            if (unrecorded) {
                open.put(principal, edge);
            }
            touched.put(principal, edge);
        }
        edges.save(touched.values());
        new Holdings(recording).set(at, holdings);
        tellIntent(recording, run, resource, document, changes, principals);
    }

    private static void tellIntent(
            Recording recording,
            RunId run,
            ResourceId resource,
            String document,
            List<EdgeChange> changes,
            Map<Principal, Identity> principals)
            throws SQLException {
        Set<ResearcherId> mentioned = new LinkedHashSet<>();
        changes.forEach(c -> c.holdings().forEach(h -> mentioned.add(h.researcher())));
        Map<ResearcherId, Identity> researchers = recording.people().researchers(mentioned);
        List<Map<String, ?>> told = new ArrayList<>();
        for (EdgeChange change : changes) {
            List<Object> reasons = new ArrayList<>();
            for (String reason : change.reasons()) {
                // Codes stand as they are; anything longer may be somebody's words.
                reasons.add(
                        CODE.matcher(reason).matches()
                                ? reason
                                : recording.people().text(reason));
            }
            told.add(Map.of(
                    "action", change.action().text(),
                    "principal", Rows.get(principals, change.principal()),
                    "reasons", reasons,
                    "holdings",
                            change.holdings().stream()
                                    .map(h -> Holdings.told(h, Rows.get(researchers, h.researcher())))
                                    .toList()));
        }
        for (List<Map<String, ?>> part : Recording.parts(told)) {
            recording.tell(
                    EventType.INTENT, run, Map.of("resource", resource.text(), "document", document, "changes", part));
        }
    }

    /** @param stage null: about to be sent */
    public static void upkeep(
            Recording recording,
            RunId run,
            ResourceId resource,
            String document,
            String what,
            EdgeResult.@Nullable Stage stage)
            throws SQLException {
        Map<String, @Nullable Object> told = new HashMap<>();
        told.put("resource", resource.text());
        told.put("document", document);
        // An adapter's words may name somebody.
        told.put("what", recording.people().text(what));
        told.put("stage", stage == null ? "intent" : EdgeTable.text(stage));
        recording.tell(EventType.UPKEEP, run, told);
    }

    /** @return false: the lease is somebody else's; then the ledger tells that the outcomes are not known, and the edges stay as they are */
    public static boolean conclude(Recording recording, RunId run, List<EdgeResult> results, @Nullable Lease lease)
            throws SQLException {
        boolean held = recording.holds(lease);
        Map<ResourceId, List<EdgeResult>> byResource = new LinkedHashMap<>();
        results.forEach(r ->
                byResource.computeIfAbsent(r.resource(), x -> new ArrayList<>()).add(r));
        for (Map.Entry<ResourceId, List<EdgeResult>> of : byResource.entrySet()) {
            Map<Principal, Identity> principals = recording
                    .people()
                    .principals(
                            of.getValue().stream().map(EdgeResult::principal).toList());
            if (held) {
                conclude(recording, run, of.getKey(), of.getValue(), principals);
                tellOutcome(recording, run, of.getKey(), of.getValue(), principals);
            } else {
                List<EdgeResult> notKnown =
                        of.getValue().stream().map(Changes::notKnown).toList();
                tellOutcome(recording, run, of.getKey(), notKnown, principals);
            }
        }
        return held;
    }

    private static EdgeResult notKnown(EdgeResult said) {
        return new EdgeResult(
                said.action(),
                said.resource(),
                said.principal(),
                Stage.UNKNOWN,
                said.at(),
                "another instance has taken over: what is so now is its to say");
    }

    private static void conclude(
            Recording recording,
            RunId run,
            ResourceId resource,
            List<EdgeResult> results,
            Map<Principal, Identity> principals)
            throws SQLException {
        int at = Resources.id(recording.sql(), resource);
        EdgeTable edges = new EdgeTable(recording.sql());
        Map<Integer, EdgeLife> open = edges.open(at, ids(principals.values()));
        for (EdgeResult result : results) {
            int principal = Rows.get(principals, result.principal()).id();
            EdgeLife edge = open.get(principal);
            if (edge == null && result.action() == EdgeChange.Action.GRANT && result.stage() != Stage.FAILED) {
                // Concluded without an intent in force: what the provider did counts more than how it came about.
                edge = edges.begin(at, principal, false, EdgeLife.State.GRANTING, result.at());
                edge.run = run.value();
                open.put(principal, edge);
            }
            if (edge != null && edge.open()) {
                switch (result.action()) {
                    case GRANT -> edge.grant(result.stage(), result.at());
                    case REVOKE -> edge.revoke(result.stage(), result.at());
                }
            }
        }
        edges.save(open.values());
        new Holdings(recording)
                .end(at, open.values().stream().filter(e -> !e.open()).toList());
    }

    private static void tellOutcome(
            Recording recording,
            RunId run,
            ResourceId resource,
            List<EdgeResult> results,
            Map<Principal, Identity> principals)
            throws SQLException {
        List<Map<String, ?>> told = new ArrayList<>();
        Map<String, Identity> details = recording
                .people()
                .texts(results.stream()
                        .map(EdgeResult::detail)
                        .filter(d -> !d.isEmpty())
                        .distinct()
                        .toList());
        for (EdgeResult result : results) {
            Map<String, @Nullable Object> one = new HashMap<>();
            one.put("action", result.action().text());
            one.put("principal", Rows.get(principals, result.principal()));
            one.put("stage", EdgeTable.text(result.stage()));
            one.put("at", micros(result.at()));
            one.put("detail", details.get(result.detail()));
            told.add(one);
        }
        for (List<Map<String, ?>> part : Recording.parts(told)) {
            recording.tell(EventType.OUTCOME, run, Map.of("resource", resource.text(), "results", part));
        }
    }

    private static Instant micros(Instant instant) {
        return instant.truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }

    static List<Integer> ids(Collection<Identity> identities) {
        return identities.stream().map(Identity::id).toList();
    }
}
