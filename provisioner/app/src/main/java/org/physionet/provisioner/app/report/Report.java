package org.physionet.provisioner.app.report;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;
import org.physionet.provisioner.engine.store.ReportQueries.Head;
import org.physionet.provisioner.engine.store.ReportQueries.Position;

/**
 * A question and its answer. Which lists it fills depends on the question; the others are empty.
 *
 * @param head the ledger's end when it was asked: an exported ledger that agrees with it agrees with every line here
 * @param begins when the ledger's first record was written; null: it has none
 * @param blind of {@link Question.WhoCouldRead}: what the record can not say of the span that was asked about
 * @param access of {@link Question.WhoCouldRead} and {@link Question.WhatWasHeld}
 * @param changes of {@link Question.WhatARunDid}
 * @param events of {@link Question.WhatWasDone} and {@link Question.WhatARunDid}, all of them
 */
public record Report(
        Question question,
        Instant at,
        Head head,
        @Nullable Instant begins,
        List<BlindSpot> blind,
        List<AccessRow> access,
        List<ChangeRow> changes,
        List<LedgerEvent> events) {
    public Report {
        blind = List.copyOf(blind);
        access = List.copyOf(access);
        changes = List.copyOf(changes);
        events = List.copyOf(events);
    }

    /** Every ledger record that supports a line, once, by its number. */
    public SortedMap<Long, Position> positions() {
        SortedMap<Long, Position> all = new TreeMap<>();
        access.forEach(row -> row.evidence().forEach(position -> all.put(position.seq(), position)));
        changes.forEach(row -> row.evidence().forEach(position -> all.put(position.seq(), position)));
        events.forEach(e -> all.put(e.seq(), new Position(e.seq(), e.at(), e.type(), e.hash())));
        return all;
    }
}
