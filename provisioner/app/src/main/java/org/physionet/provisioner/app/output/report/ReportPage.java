package org.physionet.provisioner.app.output.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.physionet.provisioner.app.output.html.Chart;
import org.physionet.provisioner.app.output.html.Page;
import org.physionet.provisioner.app.report.AccessRow;
import org.physionet.provisioner.app.report.Question;
import org.physionet.provisioner.app.report.Report;
import org.physionet.provisioner.engine.store.ReportQueries.Holder;

/** A report as one page that needs nothing but itself, to print or to keep. */
public final class ReportPage {
    /** More spans than this are no picture any more; the table has them all. */
    private static final int MOST_SPANS = 60;

    private ReportPage() {}

    public static String of(Report report) {
        Page page = new Page(report.question().text()).facts(ReportFacts.of(report));
        switch (report.question()) {
            case Question.WhoCouldRead who -> {
                spans(page, report.access(), earliest(report, who.since()), latest(report, who.until()), false);
                page.heading("Who").table(people(ReportColumns.ACCESS), report.access());
            }
            case Question.WhatWasHeld _ -> {
                spans(page, report.access(), earliest(report, report.at()), report.at(), true);
                page.heading("What").table(people(ReportColumns.ACCESS), report.access());
            }
            case Question.WhatARunDid _ -> {
                bars(
                        page,
                        "Changes by outcome",
                        report.changes().stream()
                                .map(row ->
                                        row.action() + ", " + (row.outcome() == null ? "no outcome" : row.outcome()))
                                .toList());
                page.heading("Changes, and why").table(people(ReportColumns.CHANGES), report.changes());
                page.heading("Everything, in order").table(people(ReportColumns.EVENTS), report.events());
            }
            case Question.WhatWasDone _ -> {
                bars(
                        page,
                        "Ledger records by type",
                        report.events().stream().map(event -> event.type()).toList());
                page.heading("What").table(people(ReportColumns.EVENTS), report.events());
            }
        }
        return evidence(page, report).text();
    }

    private static <T> List<org.physionet.provisioner.app.output.Column<T>> people(
            List<org.physionet.provisioner.app.output.Column<T>> columns) {
        return columns.stream()
                .filter(column -> column.shown() == org.physionet.provisioner.app.output.Column.Shown.EVERYWHERE)
                .toList();
    }

    private static void spans(Page page, List<AccessRow> rows, Instant from, Instant to, boolean byPlace) {
        List<Chart.Span> spans = new ArrayList<>();
        rows.stream()
                .limit(MOST_SPANS)
                .forEach(
                        row -> spans.add(new Chart.Span(byPlace ? place(row) : person(row), row.since(), row.until())));
        if (spans.isEmpty()) {
            return;
        }
        page.heading("When").chart(Chart.timeline("When access was there", spans, from, to));
        if (rows.size() > MOST_SPANS) {
            page.paragraph("The first " + MOST_SPANS + " of " + rows.size() + " lines; the table below has all.");
        }
    }

    private static String person(AccessRow row) {
        Holder holder = row.holder();
        String name =
                holder == null ? "unknown" : holder.username() == null ? "" + holder.researcher() : holder.username();
        return name + " · " + (row.principal() == null ? "(erased)" : row.principal());
    }

    private static String place(AccessRow row) {
        return (row.dataset() == null ? "" : row.dataset() + " · ") + row.resource();
    }

    private static void bars(Page page, String title, List<String> names) {
        if (!names.isEmpty()) {
            SequencedMap<String, Long> numbers = new TreeMap<>();
            names.forEach(name -> numbers.merge(name, 1L, Long::sum));
            page.heading(title).chart(Chart.bars(title, numbers));
        }
    }

    private static Instant earliest(Report report, Instant otherwise) {
        return report.access().stream()
                .map(AccessRow::since)
                .min(Comparator.naturalOrder())
                .filter(first -> first.isBefore(otherwise))
                .orElse(otherwise.minus(Duration.ofDays(1)));
    }

    /** The future of an open end is not known. */
    private static Instant latest(Report report, Instant until) {
        return until.isAfter(report.at()) ? report.at() : until;
    }

    private static Page evidence(Page page, Report report) {
        return page.heading("Evidence")
                .paragraph(
                        "Every line above rests on records of the ledger, which are named by their numbers and listed below with"
                                + " their hashes. Each record's hash covers the one before it, so an export that has the ledger's end as it is"
                                + " given here has every one of these records as it was. With nothing but the exported file:")
                .commands("provisioner audit export ledger.ndjson\nprovisioner audit verify ledger.ndjson --head "
                        + report.head().seq() + ":" + report.head().hash())
                .table(ReportColumns.POSITIONS, List.copyOf(report.positions().values()));
    }
}
