package org.physionet.provisioner.store.people;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.store.ledger.EventType;
import org.physionet.provisioner.store.ledger.Ledger;
import org.physionet.provisioner.store.sql.Sql;

/**
 * Turns values about people into references within one writing transaction. A value that is new gets a random reference,
 * a salt and a commitment, and the ledger tells the commitment before anything uses the reference.
 */
public final class Identities {
    private static final int INTRODUCED_AT_ONCE = 500;
    private static final int RANDOM_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Sql sql;
    private final Ledger ledger;
    private final Instant at;
    private final Map<String, Identity> known = new HashMap<>();
    private int last = -1;

    public Identities(Sql sql, Ledger ledger, Instant at) {
        this.sql = sql;
        this.ledger = ledger;
        this.at = at;
    }

    /** The row of a researcher who is known and not erased. */
    public static Optional<Integer> find(Sql sql, ResearcherId researcher) throws SQLException {
        return sql.first(
                "select id from identity where lookup = ?",
                row -> row.integer(1),
                Identity.lookup(Identity.Kind.RESEARCHER, researcher.value()));
    }

    public Identity text(String words) throws SQLException {
        return one(Identity.Kind.TEXT, storable(words));
    }

    public @Nullable Identity textOrNull(@Nullable String words) throws SQLException {
        return words == null ? null : text(words);
    }

    public Identity actor(String actor) throws SQLException {
        return one(Identity.Kind.ACTOR, actor);
    }

    public Identity researcher(ResearcherId researcher) throws SQLException {
        return one(Identity.Kind.RESEARCHER, researcher.value());
    }

    public Identity principal(Principal principal) throws SQLException {
        return value(principals(List.of(principal)), principal);
    }

    public Map<ResearcherId, Identity> researchers(Collection<ResearcherId> researchers) throws SQLException {
        Map<ResearcherId, Identity> found = new LinkedHashMap<>();
        Map<String, Identity> byValue = all(
                Identity.Kind.RESEARCHER,
                researchers.stream().map(ResearcherId::value).toList(),
                Map.of());
        researchers.forEach(r -> found.put(r, value(byValue, r.value())));
        return found;
    }

    public Map<Principal, Identity> principals(Collection<Principal> principals) throws SQLException {
        Map<String, @Nullable String> spellings = new LinkedHashMap<>();
        principals.forEach(p -> spellings.putIfAbsent(Principals.value(p), Principals.spelling(p)));
        Map<String, Identity> byValue = all(Identity.Kind.PRINCIPAL, spellings.keySet(), spellings);
        Map<Principal, Identity> found = new LinkedHashMap<>();
        principals.forEach(p -> found.put(p, value(byValue, Principals.value(p))));
        return found;
    }

    public Map<String, Identity> texts(Collection<String> texts) throws SQLException {
        Map<String, Identity> byStored =
                all(Identity.Kind.TEXT, texts.stream().map(Identities::storable).toList(), Map.of());
        Map<String, Identity> found = new HashMap<>();
        texts.forEach(t -> found.put(t, value(byStored, storable(t))));
        return found;
    }

    public Map<String, Identity> usernames(Collection<String> usernames) throws SQLException {
        return all(Identity.Kind.USERNAME, usernames, Map.of());
    }

    /** Identities by their row. */
    public Map<Integer, Identity> byId(Collection<Integer> ids) throws SQLException {
        Map<Integer, Identity> found = new HashMap<>();
        sql.eachIn(
                "select id, ref, kind from identity where id in " + Sql.VALUES,
                ids,
                row -> found.put(
                        row.integer(1), new Identity(row.integer(1), row.text(2), Identity.Kind.ofText(row.text(3)))));
        return found;
    }

    /** Without introducing anything new: the identities among these values that are known. */
    public Map<String, Identity> known(Identity.Kind kind, Collection<String> values) throws SQLException {
        Map<String, String> byLookup = new LinkedHashMap<>();
        values.forEach(v -> byLookup.put(Identity.lookup(kind, v), v));
        Map<String, Identity> found = new HashMap<>();
        byLookup.forEach((lookup, v) -> {
            Identity cached = known.get(lookup);
            if (cached != null) {
                found.put(v, cached);
            }
        });
        List<String> unread = byLookup.entrySet().stream()
                .filter(e -> !found.containsKey(e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        sql.eachIn("select lookup, id, ref from identity where lookup in " + Sql.VALUES, unread, row -> {
            Identity identity = new Identity(row.integer(2), row.text(3), kind);
            known.put(row.text(1), identity);
            found.put(value(byLookup, row.text(1)), identity);
        });
        return found;
    }

    private Identity one(Identity.Kind kind, String value) throws SQLException {
        return value(all(kind, List.of(value), Map.of()), value);
    }

    private Map<String, Identity> all(
            Identity.Kind kind, Collection<String> values, Map<String, @Nullable String> spellings)
            throws SQLException {
        Map<String, Identity> found = known(kind, values);
        SequencedCollection<String> fresh = new LinkedHashSet<>(values);
        fresh.removeAll(found.keySet());
        List<String> ordered = List.copyOf(fresh);
        for (int from = 0; from < ordered.size(); from += INTRODUCED_AT_ONCE) {
            introduce(
                    kind, ordered.subList(from, Math.min(ordered.size(), from + INTRODUCED_AT_ONCE)), spellings, found);
        }
        return found;
    }

    private void introduce(
            Identity.Kind kind,
            List<String> values,
            Map<String, @Nullable String> spellings,
            Map<String, Identity> found)
            throws SQLException {
        Map<String, String> commitments = new TreeMap<>();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String value : values) {
            Identity identity = new Identity(nextId(), "ref-" + random(), kind);
            String salt = random();
            String commitment = Identity.commitment(salt, kind, value);
            String lookup = Identity.lookup(kind, value);
            commitments.put(identity.ref(), commitment);
            rows.add(new @Nullable Object[] {
                identity.id(), identity.ref(), kind.text(), salt, value, spellings.get(value), lookup, commitment, null
            });
            known.put(lookup, identity);
            found.put(value, identity);
        }
        long seq = ledger.append(at, EventType.IDENTITIES, Ledger.ENGINE, null, Map.of(kind.text(), commitments));
        rows.forEach(row -> row[row.length - 1] = seq);
        sql.batch(
                "insert into identity (id, ref, kind, salt, value, spelling, lookup, commitment, introduced_seq)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    /** Whoever writes holds the ledger's head, so nobody else takes the number meanwhile. */
    private int nextId() throws SQLException {
        if (last < 0) {
            last = sql.first("select coalesce(max(id), 0) from identity", row -> row.integer(1))
                    .orElse(0);
        }
        return ++last;
    }

    /** PostgreSQL stores no U+0000, and UTF-8 has no lone surrogates: neither may change the hash on the way. */
    private static String storable(String words) {
        String paired = new String(words.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return paired.replace('\0', '\uFFFD');
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static <K, V> V value(Map<K, V> map, K key) {
        V found = map.get(key);
        if (found == null) {
            throw new IllegalStateException("no value for a key that was just put");
        }
        return found;
    }
}
