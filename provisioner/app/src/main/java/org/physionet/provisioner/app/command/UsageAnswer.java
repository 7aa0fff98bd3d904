package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Format;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.access.KeptAccesses;
import org.physionet.provisioner.audit.access.LogException;
import org.physionet.provisioner.audit.usage.Coverage;
import org.physionet.provisioner.audit.usage.Day;
import org.physionet.provisioner.audit.usage.Reader;
import org.physionet.provisioner.audit.usage.Usage;
import org.physionet.provisioner.audit.usage.Versions;
import org.physionet.provisioner.store.OpenMode;

/** {@code audit usage}: who read a dataset, from what {@code audit logs} kept. */
final class UsageAnswer {
    private static final List<Column<Reader>> READERS = List.of(
            Column.text("who", Reader::who),
            Column.text("principal", Reader::principal),
            Column.text("researcher", Reader::researcher),
            Column.text("username", Reader::username),
            Column.instant("first", Reader::first),
            Column.instant("last", Reader::last),
            Column.number("objects", Reader::objects),
            Column.number("requests", Reader::requests),
            Column.number("bytes", Reader::bytes),
            new Column<>("entitled", Column.Shown.EVERYWHERE, false, Reader::entitled),
            Column.number("uncovered", Reader::uncovered),
            Column.text("basis", Reader::basis));

    private static final List<Column<Day>> DAYS = List.of(
            Column.text("dataset", Day::dataset),
            Column.text("day", day -> day.day() == null ? null : day.day().toString()),
            new Column<>("people", Column.Shown.EVERYWHERE, false, Day::people),
            new Column<>("objects", Column.Shown.EVERYWHERE, false, Day::objects),
            new Column<>("queries", Column.Shown.EVERYWHERE, false, Day::queries),
            new Column<>("requests", Column.Shown.EVERYWHERE, false, Day::requests),
            new Column<>("bytes", Column.Shown.EVERYWHERE, false, Day::bytes),
            Column.flag("suppressed", Day::suppressed));

    private final Invocation invocation;

    UsageAnswer(Invocation invocation) {
        this.invocation = invocation;
    }

    int run(String asked, Instant since, Instant until, @Nullable String by, boolean forThePublic) {
        String grouped = by == null ? forThePublic ? "day" : "researcher" : by;
        if (!List.of("researcher", "day", "version").contains(grouped)) {
            throw new UsageError(Problem.of("The answer can not be grouped like this")
                    .expected("--by researcher, day or version")
                    .found(grouped));
        }
        if (forThePublic && grouped.equals("researcher")) {
            throw new UsageError(Problem.of("Names are not for the public")
                    .expected("--public with --by day or version")
                    .found("--by researcher"));
        }
        if (since.isAfter(until)) {
            throw new UsageError(Problem.of("The span ends before it begins")
                    .expected("--since not after --until")
                    .found(since + " to " + until));
        }
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            SortedSet<String> datasets = grouped.equals("researcher")
                    ? new TreeSet<>(Set.of(Lookups.dataset(wiring, asked).toString()))
                    : Lookups.versions(wiring, asked);
            Optional<Elsewhere> elsewhere = Elsewhere.open(wiring);
            if (elsewhere.isPresent()) {
                try (Elsewhere there = elsewhere.get()) {
                    Analysis analysis = there.accesses(since, until, null);
                    return told(wiring, analysis, datasets, since, until, grouped, forThePublic);
                }
            }
            try (LogsKept _ = LogsKept.together(wiring, invocation);
                    Accesses accesses = new Accesses(LogReview.spill(wiring))) {
                KeptAccesses kept = LogReview.kept(wiring);
                if (kept.isEmpty()) {
                    invocation.note(
                            "No logs were reviewed yet: provisioner audit logs PATH --provider gcp|aws reads them.");
                }
                kept.stand(accesses, since, until);
                return told(wiring, accesses.analysis(), datasets, since, until, grouped, forThePublic);
            }
        } catch (LogException e) {
            throw new WorkFailed(Problem.of("The question can not be answered: " + e.getMessage()), e);
        }
    }

    private int told(
            Wiring wiring,
            Analysis analysis,
            SortedSet<String> datasets,
            Instant since,
            Instant until,
            String grouped,
            boolean forThePublic) {
        Usage usage = new Usage(
                analysis,
                new AuditRecord(wiring, invocation.surroundings().clock().instant()).read(false),
                wiring.configuration().audit().rules(),
                datasets);
        Coverage coverage = usage.coverage(since, until);
        String name = String.join(" ", datasets);
        if (grouped.equals("researcher")) {
            print(READERS, usage.readers(), name, since, until, grouped, fields(coverage, false));
        } else {
            int least = wiring.configuration().audit().publicMinimum();
            Versions versions = usage.versions();
            List<Day> days = (grouped.equals("day") ? versions.days() : versions.whole())
                    .stream()
                            .map(day -> forThePublic ? day.forThePublic(least) : day)
                            .toList();
            print(DAYS, days, name, since, until, grouped, fields(coverage, forThePublic));
        }
        return Exit.DONE.code();
    }

    private <T> void print(
            List<Column<T>> columns,
            List<T> rows,
            String dataset,
            Instant since,
            Instant until,
            String by,
            Fields coverage) {
        Answer answer = invocation.answer();
        if (answer.format() == Format.JSON) {
            Fields document = new Fields()
                    .text("dataset", dataset)
                    .instant("since", since)
                    .instant("until", until)
                    .text("by", by)
                    .objects(
                            "rows",
                            rows.stream()
                                    .map(row -> Answer.fields(row, columns))
                                    .toList())
                    .object("coverage", coverage);
            answer.document(document, _ -> {}, _ -> {});
            return;
        }
        answer.rows(columns, rows.stream());
        if (answer.format() == Format.NDJSON) {
            answer.document(new Fields().object("coverage", coverage), _ -> {}, _ -> {});
        } else {
            invocation.note("coverage: " + coverage.text());
        }
    }

    /** In public only what names and counts nobody. */
    private static Fields fields(Coverage coverage, boolean forThePublic) {
        Fields fields = new Fields()
                .number("days", coverage.days())
                .texts(
                        "daysWithoutLogs",
                        coverage.daysWithoutLogs().stream()
                                .map(Object::toString)
                                .toList())
                .texts("logs", coverage.logs())
                .objects(
                        "logging",
                        coverage.logging().stream()
                                .map(change -> new Fields()
                                        .instant("at", change.at())
                                        .flag("off", change.off())
                                        .text("where", change.where())
                                        .text("what", change.what())
                                        .text("by", forThePublic ? null : change.by()))
                                .toList());
        if (!forThePublic) {
            fields.number("requests", coverage.requests())
                    .number("redacted", coverage.redacted())
                    .number("anonymous", coverage.anonymous())
                    .number("unnamedBytes", coverage.unnamedBytes());
        }
        return fields.texts("cannotShow", coverage.cannotShow());
    }
}
