package org.physionet.provisioner.app.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.AccessQueries;
import org.physionet.provisioner.engine.store.AccessQueries.EventFilter;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;
import org.physionet.provisioner.engine.store.ReportQueries;
import org.physionet.provisioner.engine.store.ReportQueries.Holder;
import org.physionet.provisioner.engine.store.ReportQueries.Life;
import org.physionet.provisioner.engine.store.ReportQueries.Rest;
import org.physionet.provisioner.engine.store.ResourceRecord;

/** Answers an auditor's questions from the record. The same record gives the same answer. */
public final class Answers {
    /** Before the id of a finding, in the trigger of its run. */
    private static final String DRIFT = "drift ";

    private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");
    private static final Comparator<AccessRow> BY_PERSON = Comparator.comparing(
                    (AccessRow row) ->
                            row.holder() == null ? null : row.holder().researcher(),
                    Comparator.nullsLast(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder())))
            .thenComparing(AccessRow::resource)
            .thenComparing(AccessRow::principal, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(AccessRow::since);

    private final AccessQueries record;
    private final ReportQueries lives;
    private final Collection<ResourceRecord> resources;

    public Answers(AccessQueries record, ReportQueries lives, Collection<ResourceRecord> resources) {
        this.record = record;
        this.lives = lives;
        this.resources = resources;
    }

    /** @param at when it is asked */
    public Report to(Question question, Instant at) {
        // First, so that every line was written before it or agrees with a later head as well.
        ReportQueries.Head head = lives.head();
        Instant begins = record.events(new EventFilter(null, null, null, null, null, 1, 1)).stream()
                .findFirst()
                .map(LedgerEvent::at)
                .orElse(null);
        List<BlindSpot> blind = question instanceof Question.WhoCouldRead who
                ? BlindSpot.of(resources, who.dataset(), who.since())
                : List.of();
        return switch (question) {
            case Question.WhoCouldRead who ->
                new Report(question, at, head, begins, blind, readers(who), List.of(), List.of());
            case Question.WhatWasHeld held ->
                new Report(question, at, head, begins, blind, held(held), List.of(), List.of());
            case Question.WhatWasDone done ->
                new Report(question, at, head, begins, blind, List.of(), List.of(), done(done));
            case Question.WhatARunDid did -> {
                List<LedgerEvent> events = record.events(
                        new EventFilter(did.run().id().value(), null, null, null, null, 1, Integer.MAX_VALUE));
                yield new Report(
                        question, at, head, begins, blind, List.of(), RunChanges.of(events), withDecision(did, events));
            }
        };
    }

    /** A run that carries a decision about drift out is preceded by it: that is why it was made. */
    private List<LedgerEvent> withDecision(Question.WhatARunDid asked, List<LedgerEvent> events) {
        String trigger = asked.run().trigger();
        if (!trigger.startsWith(DRIFT) || events.isEmpty()) {
            return events;
        }
        String finding = "\"finding\":\"" + trigger.substring(DRIFT.length()) + "\"";
        List<LedgerEvent> all = new ArrayList<>();
        record.events(new EventFilter(null, null, "drift_decided", null, null, 1, Integer.MAX_VALUE)).stream()
                .filter(event -> event.payload().contains(finding)
                        && event.seq() < events.getFirst().seq())
                .reduce((_, last) -> last)
                .ifPresent(all::add);
        all.addAll(events);
        return all;
    }

    private List<AccessRow> readers(Question.WhoCouldRead asked) {
        String dataset = asked.dataset().toString();
        List<AccessRow> rows = new ArrayList<>();
        for (Life life : lives.lives(asked.dataset(), null, asked.since(), asked.until())) {
            List<Rest> on = life.rests().stream()
                    .filter(rest -> rest.dataset().equals(dataset))
                    .toList();
            List<Rest> then = on.stream()
                    .filter(rest -> !rest.from().isAfter(asked.until()) && !ended(rest, asked.since()))
                    .toList();
            then.forEach(rest -> rows.add(AccessRow.of(life, rest)));
            if (then.isEmpty() && life.datasets().contains(dataset)) {
                rows.add(AccessRow.unentitled(life, dataset, lastBefore(on, asked.since())));
            }
        }
        rows.sort(BY_PERSON);
        return rows;
    }

    private static boolean ended(Rest rest, Instant at) {
        Instant to = rest.to();
        return to != null && !to.isAfter(at);
    }

    private static @Nullable Rest lastBefore(List<Rest> rests, Instant at) {
        return rests.stream()
                .filter(rest -> ended(rest, at))
                .reduce((_, last) -> last)
                .orElse(null);
    }

    private List<AccessRow> held(Question.WhatWasHeld asked) {
        List<AccessRow> rows = new ArrayList<>();
        String researcher = asked.researcher().value();
        for (Life life : lives.lives(null, asked.researcher(), Instant.EPOCH, FOREVER)) {
            List<Rest> theirs = life.rests().stream()
                    .filter(rest -> researcher.equals(rest.holder().researcher()))
                    .toList();
            theirs.forEach(rest -> rows.add(AccessRow.of(life, rest)));
            Holder owner = life.owner();
            if (theirs.isEmpty() && owner != null && researcher.equals(owner.researcher())) {
                List<String> datasets = life.datasets();
                datasets.forEach(dataset -> rows.add(AccessRow.unentitled(life, dataset, null)));
                if (datasets.isEmpty()) {
                    rows.add(AccessRow.unentitled(life, null, null));
                }
            }
        }
        rows.sort(Comparator.comparing(AccessRow::since).thenComparing(BY_PERSON));
        return rows;
    }

    /** A name stands for the person on every machine, with and without somebody for whom they acted. */
    private List<LedgerEvent> done(Question.WhatWasDone asked) {
        return lives.eventsBy(
                lives.actors().stream()
                        .filter(known -> isActor(known, asked.actor()))
                        .toList(),
                asked.actor(),
                asked.since(),
                asked.until());
    }

    /** Whether a recorded actor is, or acted for, somebody: {@code ann@host}, {@code ann}, or whom they acted for. */
    public static boolean isActor(String known, String asked) {
        String behalf = ", on behalf of ";
        int at = known.indexOf(behalf);
        String self = at < 0 ? known : known.substring(0, at);
        return known.equals(asked)
                || self.equals(asked)
                || self.startsWith(asked + "@")
                || at >= 0 && known.substring(at + behalf.length()).equals(asked);
    }
}
