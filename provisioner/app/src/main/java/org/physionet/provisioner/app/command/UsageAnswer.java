package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.List;
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
import org.physionet.provisioner.audit.access.KeptAccesses;
import org.physionet.provisioner.audit.access.LogException;
import org.physionet.provisioner.audit.usage.Coverage;
import org.physionet.provisioner.audit.usage.Day;
import org.physionet.provisioner.audit.usage.Reader;
import org.physionet.provisioner.audit.usage.Usage;
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
            Column.text("day", day -> day.day().toString()),
            new Column<>("people", Column.Shown.EVERYWHERE, false, Day::people),
            new Column<>("objects", Column.Shown.EVERYWHERE, false, Day::objects),
            new Column<>("requests", Column.Shown.EVERYWHERE, false, Day::requests),
            new Column<>("bytes", Column.Shown.EVERYWHERE, false, Day::bytes),
            Column.flag("suppressed", Day::suppressed));

    private final Invocation invocation;

    UsageAnswer(Invocation invocation) {
        this.invocation = invocation;
    }

    int run(String asked, Instant since, Instant until, @Nullable String by, boolean forThePublic) {
        String grouped = by == null ? forThePublic ? "day" : "researcher" : by;
        if (!grouped.equals("researcher") && !grouped.equals("day")) {
            throw new UsageError(Problem.of("The answer can not be grouped like this")
                    .expected("--by researcher or day")
                    .found(grouped));
        }
        if (forThePublic && grouped.equals("researcher")) {
            throw new UsageError(Problem.of("Names are not for the public")
                    .expected("--public with --by day")
                    .found("--by researcher"));
        }
        if (since.isAfter(until)) {
            throw new UsageError(Problem.of("The span ends before it begins")
                    .expected("--since not after --until")
                    .found(since + " to " + until));
        }
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ);
                Accesses accesses = new Accesses(LogReview.spill(wiring))) {
            String dataset = Lookups.dataset(wiring, asked).toString();
            KeptAccesses kept = LogReview.kept(wiring);
            if (kept.isEmpty()) {
                invocation.note(
                        "No logs were reviewed yet: provisioner audit logs PATH --provider gcp|aws reads them.");
            }
            kept.stand(accesses, since, until);
            Usage usage = new Usage(
                    accesses,
                    new AuditRecord(wiring, invocation.surroundings().clock().instant()).read(false),
                    wiring.configuration().audit().rules(),
                    dataset);
            Coverage coverage = usage.coverage(since, until);
            if (grouped.equals("day")) {
                int least = wiring.configuration().audit().publicMinimum();
                List<Day> days = usage.days().stream()
                        .map(day -> forThePublic ? day.forThePublic(least) : day)
                        .toList();
                print(DAYS, days, dataset, since, until, grouped, fields(coverage, forThePublic));
            } else {
                print(READERS, usage.readers(), dataset, since, until, grouped, fields(coverage, false));
            }
            return Exit.DONE.code();
        } catch (LogException e) {
            throw new WorkFailed(Problem.of("The question can not be answered: " + e.getMessage()), e);
        }
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
                .texts("logs", coverage.logs());
        if (!forThePublic) {
            fields.number("requests", coverage.requests())
                    .number("redacted", coverage.redacted())
                    .number("anonymous", coverage.anonymous())
                    .number("unnamedBytes", coverage.unnamedBytes());
        }
        return fields.texts("cannotShow", coverage.cannotShow());
    }
}
