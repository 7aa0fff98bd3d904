package org.physionet.provisioner.app.output.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.report.AccessRow;
import org.physionet.provisioner.app.report.BlindSpot;
import org.physionet.provisioner.app.report.Question;
import org.physionet.provisioner.app.report.Report;
import org.physionet.provisioner.engine.store.RunRecord;

/** What stands above a report, for people. */
final class ReportFacts {
    private ReportFacts() {}

    static SequencedMap<String, String> of(Report report) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        facts.put("asked at", Visible.time(report.at()));
        switch (report.question()) {
            case Question.WhoCouldRead _, Question.WhatWasHeld _ -> access(report, facts);
            case Question.WhatWasDone _ ->
                facts.put("ledger records", Integer.toString(report.events().size()));
            case Question.WhatARunDid did -> run(did.run(), report, facts);
        }
        Instant begins = report.begins();
        facts.put("record begins", begins == null ? "it is empty" : Visible.time(begins));
        if (!report.blind().isEmpty()) {
            facts.put(
                    "may be missing",
                    report.blind().stream().map(ReportFacts::blind).collect(Collectors.joining("; ")));
        }
        facts.put("ledger's end", report.head().seq() + ":" + report.head().hash());
        return facts;
    }

    private static String blind(BlindSpot spot) {
        Instant until = spot.until();
        return until == null
                ? "whoever reads " + spot.resource() + ", which awaits adopt"
                : "whoever read " + spot.resource() + " before " + Visible.time(until);
    }

    private static void access(Report report, SequencedMap<String, String> facts) {
        long people = report.access().stream()
                .map(AccessRow::holder)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .count();
        long without =
                report.access().stream().filter(row -> row.basis() == null).count();
        facts.put("researchers", Long.toString(people));
        facts.put("lines", Integer.toString(report.access().size()));
        facts.put("lines without an entitlement", Long.toString(without));
    }

    private static void run(RunRecord run, Report report, SequencedMap<String, String> facts) {
        RunRecord.End end = run.end();
        facts.put("started by", run.trigger() + ", " + run.actor());
        if (run.onBehalfOf() != null) {
            facts.put("on behalf of", run.onBehalfOf());
        }
        facts.put("started at", Visible.time(run.startedAt()));
        facts.put(
                "ended",
                end == null
                        ? "no: it runs still, or was killed"
                        : Visible.time(end.at()) + ", exit code " + end.exitCode());
        facts.put("changes", Integer.toString(report.changes().size()));
        if (end != null && !end.problems().isEmpty()) {
            facts.put("problems", String.join("; ", end.problems()));
        }
    }
}
