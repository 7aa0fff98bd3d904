package org.physionet.provisioner.audit.review;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.physionet.provisioner.audit.access.Analysis;

/** Changes of who has access that somebody else than the engine made, in whatever log they stand. */
final class PolicyChanges {
    /** From the ledger's intent to the provider's log. */
    private static final Duration AFTER_INTENT = Duration.ofMinutes(10);

    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private final Analysis analysis;
    private final Rules rules;
    private final Map<String, NavigableSet<Instant>> writes = new HashMap<>();
    private final Instant recordBegins;

    PolicyChanges(Analysis analysis, Recorded recorded, Rules rules) {
        this.analysis = analysis;
        this.rules = rules;
        recorded.writes()
                .forEach(write -> writes.computeIfAbsent(write.resource(), _ -> new TreeSet<>())
                        .add(write.at()));
        recordBegins = recorded.places().stream()
                .map(Recorded.Place::firstSeen)
                .min(Comparator.naturalOrder())
                .orElse(NEVER);
    }

    void tell(Review.Teller teller) {
        // What is about a group, an access point or a whole bucket is about every resource that it serves.
        analysis.keep(
                "change",
                "select distinct c.n, c.resource from ("
                        + changes("{managed} m on m.resource = s.resource") + " union all "
                        + changes("{managed} m on s.resource is null and m.bucket = s.bucket") + " union all "
                        + changes("{managed} m on s.bucket is null and 'group:' || lower(m.group_mail) = lower(s.key)")
                        + " union all "
                        + changes("{document} d on 'accesspoint/' || d.name = s.key"
                                + " join {managed} m on m.resource = d.resource")
                        + ") c");
        List<About> all = new ArrayList<>();
        analysis.each(
                "select s.who_key, s.principal, c.resource, s.moment, s.moment, 1, 0, s.n,"
                        + " s.operation, s.detail, s.who from {change} c join {policy_act} s on s.n = c.n"
                        + " order by s.n, c.resource",
                row -> {
                    String n = row.required(8);
                    if (all.isEmpty() || !all.getLast().n().equals(n)) {
                        all.add(new About(n, row, new ArrayList<>()));
                    }
                    all.getLast().resources().add(row.required(3));
                });
        for (About one : all) {
            Group group = Group.of(one.row());
            if (!rules.engine().isEmpty()
                    || one.resources().stream().noneMatch(resource -> ours(resource, group.first()))) {
                say(teller, one.resources().size() > 1 ? group.nowhere() : group, one.row(), one.resources());
            }
        }
        analysis.each(
                "select s.who_key, s.principal, null, s.moment, s.moment, 1, 0, s.n,"
                        + " s.operation, s.detail, s.who from {policy_act} s where s.action = 'POLICY' and not s.engine and s.bucket is null and (starts_with(s.key, 'projects/')"
                        + " or starts_with(s.key, 'folders/') or starts_with(s.key, 'organizations/'))"
                        + " and s.detail is not null and s.moment >= " + Analysis.micros(recordBegins),
                row -> say(teller, Group.of(row), row, List.of()));
    }

    /** Changes by others than the engine, at places that are found by this join. */
    private static String changes(String places) {
        return "select s.n, m.resource from {policy_act} s join " + places
                + " where s.action = 'POLICY' and not s.engine and s.moment >= m.first_seen";
    }

    /** One change, and all that it is about. */
    private record About(String n, Analysis.Row row, List<String> resources) {}

    private boolean ours(String resource, Instant at) {
        Instant before = writes.getOrDefault(resource, new TreeSet<>()).floor(at.plus(CLOCKS_APART));
        return before != null && before.plus(AFTER_INTENT).isAfter(at);
    }

    private static void say(Review.Teller teller, Group group, Analysis.Row row, List<String> about) {
        String detail = row.text(10);
        String by = group.principal() != null
                ? String.valueOf(group.principal())
                : row.required(11).toLowerCase(Locale.ROOT);
        teller.tell(
                Code.FOREIGN_POLICY_CHANGE,
                Code.FOREIGN_POLICY_CHANGE.usual(),
                group,
                by + " changed who has access (" + row.text(9) + ")" + (detail == null ? "" : ": " + detail)
                        + (about.size() > 1 ? "; about " + about.size() + " resources" : "")
                        + (about.isEmpty() ? "; above every resource of it" : "")
                        + ". provisioner drift shows what it left");
    }
}
