package org.physionet.provisioner.app.output.report;

import java.io.PrintStream;
import java.util.List;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.report.Question;
import org.physionet.provisioner.app.report.Report;
import org.physionet.provisioner.engine.store.RunRecord;

/** A report on standard output. */
public final class ReportText {
    private ReportText() {}

    /** CSV has the main rows: access, a run's changes, or an actor's events. */
    public static void print(Report report, Answer answer) {
        answer.document(document(report), out -> table(report, answer, out), rows -> {
            switch (report.question()) {
                case Question.WhoCouldRead _, Question.WhatWasHeld _ ->
                    rows.rows(ReportColumns.ACCESS, report.access().stream());
                case Question.WhatARunDid _ -> rows.rows(ReportColumns.CHANGES, report.changes().stream());
                case Question.WhatWasDone _ -> rows.rows(ReportColumns.EVENTS, report.events().stream());
            }
        });
    }

    private static void table(Report report, Answer answer, PrintStream out) {
        out.println(Visible.text(report.question().text()));
        ReportFacts.of(report).forEach((name, value) -> out.println("  " + name + ": " + Visible.text(value)));
        out.println();
        boolean access = !report.access().isEmpty();
        if (access) {
            answer.rows(ReportColumns.ACCESS, report.access().stream());
        } else if (!report.changes().isEmpty()) {
            answer.rows(ReportColumns.CHANGES, report.changes().stream());
        } else if (!report.events().isEmpty()) {
            answer.rows(ReportColumns.EVENTS, report.events().stream());
        } else {
            out.println(
                    report.blind().isEmpty()
                            ? "Nothing, as the record has it."
                            : "Nothing, as the record has it; but see what may be missing.");
        }
    }

    private static Fields document(Report report) {
        Fields document = new Fields()
                .object("question", question(report.question()))
                .instant("at", report.at())
                .object(
                        "ledger",
                        new Fields()
                                .number("records", report.head().seq())
                                .text("head", report.head().hash())
                                .instant("begins", report.begins()))
                .objects(
                        "unknown",
                        report.blind().stream()
                                .map(spot -> new Fields()
                                        .text("resource", spot.resource())
                                        .instant("until", spot.until()))
                                .toList());
        return document.objects("access", rows(ReportColumns.ACCESS, report.access()))
                .objects("changes", rows(ReportColumns.CHANGES, report.changes()))
                .objects("events", rows(ReportColumns.EVENTS, report.events()));
    }

    private static <T> List<Fields> rows(List<Column<T>> columns, List<T> rows) {
        return rows.stream().map(row -> Answer.fields(row, columns)).toList();
    }

    private static Fields question(Question question) {
        Fields fields = new Fields();
        switch (question) {
            case Question.WhoCouldRead who ->
                fields.text("kind", "who_could_read")
                        .name("dataset", who.dataset())
                        .instant("since", who.since())
                        .instant("until", who.until());
            case Question.WhatWasHeld held ->
                fields.text("kind", "what_was_held")
                        .name("researcher", held.researcher())
                        .text("username", held.username());
            case Question.WhatWasDone done ->
                fields.text("kind", "what_was_done")
                        .text("actor", done.actor())
                        .instant("since", done.since())
                        .instant("until", done.until());
            case Question.WhatARunDid did -> run(fields.text("kind", "what_a_run_did"), did.run());
        }
        return fields.text("text", question.text());
    }

    private static void run(Fields fields, RunRecord run) {
        RunRecord.End end = run.end();
        fields.name("run", run.id())
                .text("trigger", run.trigger())
                .text("actor", run.actor())
                .text("onBehalfOf", run.onBehalfOf())
                .instant("startedAt", run.startedAt())
                .instant("endedAt", end == null ? null : end.at())
                .maybe("exitCode", end == null ? null : (Long) (long) end.exitCode());
    }
}
