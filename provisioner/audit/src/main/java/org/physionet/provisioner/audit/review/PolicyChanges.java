package org.physionet.provisioner.audit.review;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.physionet.provisioner.audit.access.Accesses;

/** Changes of who has access that somebody else than the engine made, in whatever log they stand. */
final class PolicyChanges {
    /** From the ledger's intent to the provider's log. */
    private static final Duration AFTER_INTENT = Duration.ofMinutes(10);

    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

    private final Accesses accesses;
    private final Rules rules;
    private final Map<String, NavigableSet<Instant>> writes = new HashMap<>();
    private final Instant recordBegins;

    PolicyChanges(Accesses accesses, Recorded recorded, Rules rules) {
        this.accesses = accesses;
        this.rules = rules;
        recorded.writes()
                .forEach(write -> writes.computeIfAbsent(write.resource(), _ -> new TreeSet<>())
                        .add(write.at()));
        recordBegins = recorded.places().stream()
                .map(Recorded.Place::firstSeen)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    void tell(Review.Teller teller) {
        // What is about a group, an access point or a whole bucket is about every resource that it serves.
        accesses.run(
                "create or replace table change as select s.n, m.resource, m.first_seen from policy_act s join managed m"
                        + " on (s.resource = m.resource"
                        + " or (s.resource is null and s.bucket = m.bucket)"
                        + " or (s.bucket is null and lower(s.key) = 'group:' || lower(m.group_mail))"
                        + " or (s.key like 'accesspoint/%' and exists (select 1 from document d where d.resource = m.resource"
                        + " and s.key = 'accesspoint/' || d.name)))"
                        + " where not s.engine and s.moment >= m.first_seen");
        accesses.each(
                "select s.who_key, s.principal, case when c.resources > 1 then null else c.resource end, s.moment, s.moment, 1::bigint,"
                        + " 0::bigint, s.n, s.operation, s.detail, c.every, s.who from policy_act s join"
                        + " (select n, count(distinct resource) as resources, min(resource) as resource,"
                        + " string_agg(distinct resource, chr(10)) as every from change group by n) c on c.n = s.n",
                row -> {
                    Group group = Group.of(row);
                    List<String> about = row.getString(11).lines().toList();
                    if (rules.engine().isEmpty()
                            && about.stream().anyMatch(resource -> ours(resource, group.first()))) {
                        return;
                    }
                    say(teller, group, row.getString(9), row.getString(10), row.getString(12), about);
                });
        accesses.each(
                "select s.who_key, s.principal, null, s.moment, s.moment, 1::bigint, 0::bigint, s.n,"
                        + " s.operation, s.detail, s.who from policy_act s where not s.engine"
                        + " and s.bucket is null and regexp_matches(s.key, '^(projects|folders|organizations)/')"
                        + " and s.detail is not null and s.moment >= ?",
                row -> say(teller, Group.of(row), row.getString(9), row.getString(10), row.getString(11), List.of()),
                recordBegins.equals(Instant.MAX) ? Instant.parse("9999-01-01T00:00:00Z") : recordBegins);
    }

    private boolean ours(String resource, Instant at) {
        Instant before = writes.getOrDefault(resource, new TreeSet<>()).floor(at.plus(CLOCKS_APART));
        return before != null && before.plus(AFTER_INTENT).isAfter(at);
    }

    private static void say(
            Review.Teller teller,
            Group group,
            String operation,
            @org.jspecify.annotations.Nullable String detail,
            String who,
            List<String> about) {
        String by =
                group.principal() != null ? String.valueOf(group.principal()) : who.toLowerCase(java.util.Locale.ROOT);
        teller.tell(
                Code.FOREIGN_POLICY_CHANGE,
                Code.FOREIGN_POLICY_CHANGE.usual(),
                group,
                by + " changed who has access (" + operation + ")" + (detail == null ? "" : ": " + detail)
                        + (about.size() > 1 ? "; about " + about.size() + " resources" : "")
                        + (about.isEmpty() ? "; above every resource of it" : "")
                        + ". provisioner drift shows what it left");
    }
}
