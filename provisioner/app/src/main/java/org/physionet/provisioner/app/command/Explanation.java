package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.eligibility.Condition;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.Decision;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.reconcile.Clouds;
import org.physionet.provisioner.engine.store.AccessQueries;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RecordView;

/**
 * Everything that is known of one researcher and one dataset.
 *
 * @param principals what the researcher links now and may use
 * @param resources where the dataset lives
 * @param live what the clouds have now, by resource; a resource that is not in it was not asked
 * @param error what the researcher's tool said; null: nothing
 */
record Explanation(
        Instant at,
        Researcher person,
        Dataset dataset,
        Decision decision,
        List<Condition> conditions,
        List<Principal> principals,
        RecordView record,
        List<AccessQueries.Ending> endings,
        List<Resource> resources,
        Map<ResourceId, Observed> live,
        Clouds clouds,
        Map<String, IdentityKind> kinds,
        @Nullable String error) {

    /**
     * One identity at one resource.
     *
     * @param desired whether the edge should be there
     * @param state {@code can read}, {@code can not read} or {@code not looked at}, with the reason
     * @param recorded null: none is recorded now
     * @param ended how the last one ended; null: there never was one, or none has ended
     */
    record Edge(
            Resource resource,
            Principal principal,
            boolean desired,
            String state,
            @Nullable EdgeRecord recorded,
            AccessQueries.@Nullable Ending ended,
            List<String> howTo) {}

    List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (Resource resource : resources) {
            IdentityKind kind = kinds.get(resource.provider());
            for (Principal principal : principals) {
                if (kind != null && principal.kind().equals(kind.kind())) {
                    edges.add(edge(resource, principal));
                }
            }
        }
        return edges;
    }

    private Edge edge(Resource resource, Principal principal) {
        EdgeRecord recorded = record.edges().stream()
                .filter(e -> e.resource().equals(resource.id()) && e.principal().equals(principal))
                .findFirst()
                .orElse(null);
        Adapter adapter = clouds.adapters().get(resource.provider());
        var places = record.resources().get(resource.id());
        String place = places == null ? null : places.places().byHolder().get(person.id());
        List<String> howTo = adapter == null ? List.of() : adapter.howTo(resource, principal, place);
        AccessQueries.Ending ended = endings.stream()
                .filter(e -> e.resource().equals(resource.id().text()) && principal.equals(e.principal()))
                .findFirst()
                .orElse(null);
        return new Edge(resource, principal, decision.allowed(), state(resource, principal), recorded, ended, howTo);
    }

    private String state(Resource resource, Principal principal) {
        return switch (live.get(resource.id())) {
            case Observed.Seen seen -> seen.observation().owned().containsKey(principal) ? "can read" : "can not read";
            case Observed.NotSeen notSeen -> "not looked at: " + notSeen.why().reason();
            case null -> "not looked at";
        };
    }

    /** Holds on the person, the dataset or one of the identities. */
    List<Hold> holds() {
        return record.holds().stream().filter(this::concerns).toList();
    }

    private boolean concerns(Hold hold) {
        return switch (hold) {
            case Hold.AccessException e ->
                e.researcher().equals(person.id()) && e.dataset().equals(dataset.id());
            case Hold.Block block ->
                switch (block.target()) {
                    case Hold.Target.Person p -> p.researcher().equals(person.id());
                    case Hold.Target.PersonAtDataset p ->
                        p.researcher().equals(person.id()) && p.dataset().equals(dataset.id());
                    case Hold.Target.Identity i -> principals.contains(i.principal());
                    case Hold.Target.WholeDataset d -> d.dataset().equals(dataset.id());
                };
        };
    }

    List<GuardCase> cases() {
        return record.cases().stream()
                .filter(c ->
                        c.members().contains(new GuardCase.Member(person.id().value(), dataset.id())))
                .toList();
    }

    List<Quarantined> quarantined() {
        return record.quarantine().stream()
                .filter(q -> principals.contains(q.principal()))
                .toList();
    }

    /** Accounts that give no access, and why. */
    List<CloudAccount> unusable() {
        return person.accounts().stream().filter(a -> !a.usable()).toList();
    }

    /** What the providers' refusal means, where an adapter knows it. */
    List<String> diagnoses() {
        return error == null
                ? List.of()
                : clouds.adapters().values().stream()
                        .map(a -> a.diagnose(error))
                        .flatMap(Optional::stream)
                        .toList();
    }

    List<NextStep> next() {
        return NextStep.of(this);
    }

    Fields fields() {
        return new Fields()
                .name("researcher", person.id())
                .text("username", person.username())
                .name("dataset", dataset.id())
                .instant("at", at)
                .flag("allowed", decision.allowed())
                .instant("expiresAt", decision.expiresAt())
                .texts("reasons", decision.reasons().stream().map(Reason::code).toList())
                .text(
                        "basis",
                        decision.basis() == null ? null : decision.basis().text())
                .text("frozen", decision.frozen())
                .objects(
                        "conditions",
                        conditions.stream().map(Explanation::condition).toList())
                .objects("holds", holds().stream().map(Explanation::hold).toList())
                .texts("principals", principals.stream().map(Principal::text).toList())
                .objects(
                        "unusableAccounts",
                        unusable().stream().map(Explanation::account).toList())
                .objects("edges", edges().stream().map(this::edgeFields).toList())
                .objects(
                        "quarantined",
                        quarantined().stream().map(RunDocument::quarantined).toList())
                .texts("cases", cases().stream().map(GuardCase::id).toList())
                .texts("diagnosis", diagnoses())
                .objects("next", next().stream().map(NextStep::fields).toList());
    }

    private static Fields condition(Condition condition) {
        return new Fields()
                .text("reason", condition.reason().code())
                .name("training", condition.training())
                .flag("met", condition.met())
                .instant("until", condition.until())
                .text("evidence", condition.evidence());
    }

    private static Fields hold(Hold hold) {
        return new Fields()
                .name("id", hold.id())
                .text("kind", Holds.kind(hold))
                .instant("until", Holds.until(hold))
                .texts("waives", Holds.waives(hold))
                .text("actor", hold.actor())
                .instant("madeAt", hold.madeAt())
                .text("reason", hold.reason());
    }

    private static Fields account(CloudAccount account) {
        return new Fields()
                .text("kind", account.kind())
                .text("id", account.id())
                .text("why", account.unusable());
    }

    private Fields edgeFields(Edge edge) {
        EdgeRecord recorded = edge.recorded();
        Adapter adapter = clouds.adapters().get(edge.resource().provider());
        return new Fields()
                .name("resource", edge.resource().id())
                .text("provider", edge.resource().provider())
                .text("layout", edge.resource().layout())
                .text("mode", edge.resource().mode().text())
                .name("principal", edge.principal())
                .flag("desired", edge.desired())
                .text("now", edge.state())
                .text(
                        "recorded",
                        recorded == null ? null : recorded.state().name().toLowerCase(Locale.ROOT))
                .instant("since", recorded == null ? null : recorded.since())
                .instant("provenAt", recorded == null ? null : recorded.provenAt())
                .instant("endedAt", edge.ended() == null ? null : edge.ended().gone())
                .name("takesEffect", adapter == null ? null : adapter.grantVisible(edge.resource()))
                .texts("howTo", edge.howTo());
    }

    void rows(Answer answer) {
        List<Column<Condition>> columns = List.of(
                Column.<Condition>text("reason", c -> c.reason().code()),
                Column.text(
                        "training",
                        c -> c.training() == null ? null : c.training().value()),
                Column.flag("met", Condition::met),
                Column.instant("until", Condition::until),
                Column.text("evidence", Condition::evidence));
        answer.rows(columns, Stream.of(conditions.toArray(Condition[]::new)));
    }
}
