package org.physionet.provisioner.store.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.people.Identity;
import org.physionet.provisioner.store.people.Principals;
import org.physionet.provisioner.store.sql.Sql;

/** Who links what: our own copy of the source, written where it differs. People whom a call does not mention stay as they are. */
public final class People {
    /** One person whose links or name differ from the record. */
    public record Difference(
            ResearcherId researcher, String username, Set<Principal> now, Set<Principal> before, boolean renamed) {
        private Set<Principal> added() {
            Set<Principal> added = new HashSet<>(now);
            added.removeAll(before);
            return added;
        }

        private Set<Principal> removed() {
            Set<Principal> removed = new HashSet<>(before);
            removed.removeAll(now);
            return removed;
        }
    }

    /** @param respelled known principals that the source spells differently now */
    public record Differences(List<Difference> people, Set<Principal> respelled) {
        public boolean none() {
            return people.isEmpty() && respelled.isEmpty();
        }
    }

    private People() {}

    public static Differences differences(
            Sql sql, Collection<Researcher> researchers, Map<ResearcherId, List<Principal>> principals)
            throws SQLException {
        Map<String, String> usernames = new HashMap<>();
        sql.each(
                "select r.value, u.value from person p join identity r on r.id = p.researcher"
                        + " join identity u on u.id = p.username where r.value is not null and u.value is not null",
                row -> usernames.put(row.text(1), row.text(2)));
        Map<String, Set<Principal>> links = new HashMap<>();
        sql.each(
                "select r.value, p.value, p.spelling from linked l join identity r on r.id = l.researcher"
                        + " join identity p on p.id = l.principal"
                        + " where l.to_at is null and r.value is not null and p.value is not null",
                row -> links.computeIfAbsent(row.text(1), r -> new HashSet<>())
                        .add(Principals.of(row.text(2), row.textOrNull(3))));
        Spellings spellings = new Spellings(links);
        List<Difference> different = new ArrayList<>();
        Set<ResearcherId> seen = new HashSet<>();
        for (Researcher researcher : researchers) {
            if (!seen.add(researcher.id())) {
                continue;
            }
            Set<Principal> before = links.getOrDefault(researcher.id().value(), Set.of());
            List<Principal> listed = principals.getOrDefault(researcher.id(), List.of());
            listed.forEach(spellings::see);
            Set<Principal> now = listed.isEmpty() ? Set.of() : new HashSet<>(listed);
            boolean renamed =
                    !researcher.username().equals(usernames.get(researcher.id().value()));
            if (renamed || !now.equals(before)) {
                different.add(new Difference(researcher.id(), researcher.username(), now, before, renamed));
            }
        }
        return new Differences(different, spellings.changed());
    }

    /** One principal may be linked by several people in several spellings: only when none of them is the recorded one has it changed. */
    private static final class Spellings {
        private final Map<Principal, String> recorded = new HashMap<>();
        private final Set<Principal> confirmed = new HashSet<>();
        private final Set<Principal> different = new LinkedHashSet<>();

        Spellings(Map<String, Set<Principal>> links) {
            links.values().forEach(linked -> linked.forEach(p -> recorded.put(p, p.text())));
        }

        void see(Principal principal) {
            String before = recorded.get(principal);
            if (principal.text().equals(before)) {
                confirmed.add(principal);
            } else if (before != null) {
                different.add(principal);
            }
        }

        Set<Principal> changed() {
            different.removeAll(confirmed);
            return different;
        }
    }

    public static void write(
            Recording recording, Collection<Researcher> researchers, Map<ResearcherId, List<Principal>> principals)
            throws SQLException {
        // Looked at again under the ledger's head: another process may have written since.
        Differences differences = differences(recording.sql(), researchers, principals);
        if (!differences.none()) {
            write(recording, differences);
        }
    }

    private static void write(Recording recording, Differences differences) throws SQLException {
        List<Difference> people = differences.people();
        Map<ResearcherId, Identity> researchers = recording
                .people()
                .researchers(people.stream().map(Difference::researcher).toList());
        Map<String, Identity> usernames = recording
                .people()
                .usernames(people.stream().map(Difference::username).toList());
        Set<Principal> mentioned = new HashSet<>(differences.respelled());
        people.forEach(d -> {
            mentioned.addAll(d.now());
            mentioned.addAll(d.before());
        });
        Map<Principal, Identity> principals = recording.people().principals(mentioned);
        Instant at = recording.at();
        List<@Nullable Object[]> named = new ArrayList<>();
        List<@Nullable Object[]> linked = new ArrayList<>();
        List<@Nullable Object[]> unlinked = new ArrayList<>();
        List<Map<String, ?>> told = new ArrayList<>();
        for (Difference d : people) {
            Identity researcher = Rows.get(researchers, d.researcher());
            Identity username = Rows.get(usernames, d.username());
            if (d.renamed()) {
                named.add(new @Nullable Object[] {researcher.id(), username.id(), at});
            }
            List<Identity> added =
                    d.added().stream().map(p -> Rows.get(principals, p)).toList();
            List<Identity> removed =
                    d.removed().stream().map(p -> Rows.get(principals, p)).toList();
            added.forEach(p -> linked.add(new @Nullable Object[] {researcher.id(), p.id(), at}));
            removed.forEach(p -> unlinked.add(new @Nullable Object[] {at, researcher.id(), p.id()}));
            told.add(Map.of("researcher", researcher, "username", username, "linked", added, "unlinked", removed));
        }
        Sql sql = recording.sql();
        sql.batch(
                "insert into person (researcher, username, seen_at) values (?, ?, ?)"
                        + " on conflict (researcher) do update set username = excluded.username",
                named);
        sql.batch("insert into linked (researcher, principal, from_at) values (?, ?, ?)", linked);
        sql.batch("update linked set to_at = ? where researcher = ? and principal = ? and to_at is null", unlinked);
        // A principal may be known in a provider's spelling; the source's is the one that was verified.
        List<@Nullable Object[]> respelled = new ArrayList<>();
        people.forEach(d -> d.added()
                .forEach(p -> respelled.add(new @Nullable Object[] {
                    Principals.spelling(p), Rows.get(principals, p).id()
                })));
        differences
                .respelled()
                .forEach(p -> respelled.add(new @Nullable Object[] {
                    Principals.spelling(p), Rows.get(principals, p).id()
                }));
        sql.batch("update identity set spelling = ? where id = ?", respelled);
        Recording.parts(told).forEach(part -> recording.tell(EventType.PEOPLE_LINKED, Map.of("people", part)));
        if (!differences.respelled().isEmpty()) {
            recording.tell(
                    EventType.PEOPLE_LINKED,
                    Map.of(
                            "respelled",
                            differences.respelled().stream()
                                    .map(p -> Rows.get(principals, p))
                                    .toList()));
        }
    }
}
