package org.physionet.provisioner.store.people;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.engine.store.AccessQueries.EventFilter;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;
import org.physionet.provisioner.engine.store.ReportQueries.Head;
import org.physionet.provisioner.store.ledger.CanonicalJson;
import org.physionet.provisioner.store.sql.Row;
import org.physionet.provisioner.store.sql.Sql;

/** Reads ledger records for people: filtered, with references resolved as far as they are not erased. */
public final class EventReader {
    private static final Pattern REFERENCE = Pattern.compile("ref-[0-9a-f]{32}");
    private static final Pattern QUOTED = Pattern.compile("\"(" + REFERENCE + ")\"");

    private EventReader() {}

    /** In order of their numbers. {@code until} is inclusive. A researcher's are those that name them or an account of theirs. */
    public static List<LedgerEvent> events(Sql sql, EventFilter filter) throws SQLException {
        StringBuilder query =
                new StringBuilder("select seq, at, type, actor, run, payload, hash from ledger where seq >= ?");
        List<Object> arguments = new ArrayList<>(List.of(filter.fromSeq()));
        and(query, arguments, " and run = ?", filter.run());
        and(query, arguments, " and type = ?", filter.type());
        and(query, arguments, " and at >= ?", filter.since());
        and(query, arguments, " and at <= ?", filter.until());
        if (filter.researcher() != null) {
            Optional<Integer> researcher = Identities.find(sql, filter.researcher());
            if (researcher.isEmpty()) {
                return List.of();
            }
            String subject = " and seq in (select seq from ledger_subject where identity = ?"
                    + " or identity in (select principal from linked where researcher = ?))";
            and(query, arguments, subject, researcher.get());
            arguments.add(researcher.get());
        }
        arguments.add(filter.limit());
        return readable(
                sql, sql.list(query.append(" order by seq limit ?").toString(), EventReader::raw, arguments.toArray()));
    }

    /** What actors did, and what runs did that somebody was asked for by, both ends included, in order. */
    public static List<LedgerEvent> by(Sql sql, List<String> actors, String onBehalfOf, Instant since, Instant until)
            throws SQLException {
        List<String> lookups = actors.stream()
                .map(actor -> Identity.lookup(Identity.Kind.ACTOR, actor))
                .toList();
        SortedMap<Long, LedgerEvent> raw = new TreeMap<>();
        String span = "select seq, at, type, actor, run, payload, hash from ledger where at >= ? and at <= ? and ";
        sql.eachIn(
                span + "actor in (select ref from identity where lookup in " + Sql.VALUES + ")",
                lookups,
                row -> raw.put(row.number(1), raw(row)),
                since,
                until);
        List<String> asked = List.of(
                Identity.lookup(Identity.Kind.TEXT, onBehalfOf), Identity.lookup(Identity.Kind.ACTOR, onBehalfOf));
        sql.eachIn(
                span + "run in (select r.id from run r join identity i on i.id = r.on_behalf_of where i.lookup in "
                        + Sql.VALUES + ")",
                asked,
                row -> raw.put(row.number(1), raw(row)),
                since,
                until);
        return readable(sql, List.copyOf(raw.values()));
    }

    /** Everybody who ever acted and is not erased. */
    public static List<String> actors(Sql sql) throws SQLException {
        return sql.list(
                "select value from identity where kind = 'actor' and value is not null order by id",
                row -> row.text(1));
    }

    public static Head head(Sql sql) throws SQLException {
        return sql.first("select seq, hash from ledger_head", row -> new Head(row.number(1), row.text(2)))
                .orElseThrow();
    }

    private static List<LedgerEvent> readable(Sql sql, List<LedgerEvent> raw) throws SQLException {
        Map<String, String> words = words(sql, raw);
        return raw.stream().map(event -> readable(event, words)).toList();
    }

    private static void and(
            StringBuilder query,
            List<Object> arguments,
            String condition,
            @org.jspecify.annotations.Nullable Object argument) {
        if (argument != null) {
            query.append(condition);
            arguments.add(argument);
        }
    }

    private static LedgerEvent raw(Row row) throws SQLException {
        return new LedgerEvent(
                row.number(1),
                row.instant(2),
                row.text(3),
                row.text(4),
                row.textOrNull(5),
                row.text(6),
                "",
                row.text(7));
    }

    /** What each reference that occurs stands for. */
    private static Map<String, String> words(Sql sql, List<LedgerEvent> events) throws SQLException {
        Set<String> references = new HashSet<>();
        for (LedgerEvent event : events) {
            REFERENCE.matcher(event.actor()).results().forEach(m -> references.add(m.group()));
            REFERENCE.matcher(event.payload()).results().forEach(m -> references.add(m.group()));
        }
        Map<String, String> words = new HashMap<>();
        sql.eachIn("select ref, kind, value, spelling from identity where ref in " + Sql.VALUES, references, row -> {
            String value = row.textOrNull(3);
            Identity.Kind kind = Identity.Kind.ofText(row.text(2));
            words.put(row.text(1), value == null ? Erasure.ERASED : Principals.shown(kind, value, row.textOrNull(4)));
        });
        return words;
    }

    private static LedgerEvent readable(LedgerEvent event, Map<String, String> words) {
        Matcher matcher = QUOTED.matcher(event.payload());
        String readable = matcher.replaceAll(found ->
                Matcher.quoteReplacement(CanonicalJson.of(words.getOrDefault(found.group(1), found.group(1)))));
        return new LedgerEvent(
                event.seq(),
                event.at(),
                event.type(),
                words.getOrDefault(event.actor(), event.actor()),
                event.run(),
                event.payload(),
                readable,
                event.hash());
    }
}
