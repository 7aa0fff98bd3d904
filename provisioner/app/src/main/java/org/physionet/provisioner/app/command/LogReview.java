package org.physionet.provisioner.app.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
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
import org.physionet.provisioner.audit.logs.Intake;
import org.physionet.provisioner.audit.logs.LogReading;
import org.physionet.provisioner.audit.logs.ReadFiles;
import org.physionet.provisioner.audit.review.Finding;
import org.physionet.provisioner.audit.review.Review;
import org.physionet.provisioner.audit.review.Rules;
import org.physionet.provisioner.store.OpenMode;

/** {@code audit logs}: reads cloud logs, keeps what they tell for {@code audit usage}, and prints what does not fit the record. */
final class LogReview {
    private static final List<Column<Finding>> COLUMNS = List.of(
            Column.text("id", Finding::id),
            Column.text("finding", finding -> finding.code().text()),
            Column.text("severity", finding -> finding.severity().text()),
            Column.text("principal", Finding::principal),
            Column.text("researcher", Finding::researcher),
            Column.text("dataset", Finding::dataset),
            Column.text("resource", Finding::resource),
            Column.instant("at", Finding::at),
            Column.object("evidence", LogReview::evidence),
            Column.text("file", (Finding finding) -> finding.evidence().file()).inCsvOnly(),
            Column.maybe("line", (Finding finding) -> finding.evidence().line()).inCsvOnly(),
            Column.text("record", (Finding finding) -> finding.evidence().record())
                    .inCsvOnly(),
            Column.text("explanation", Finding::explanation));

    private final Invocation invocation;

    LogReview(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Where reviews keep what they read. */
    static KeptAccesses kept(Wiring wiring) {
        return new KeptAccesses(wiring.configuration().dataDir().resolve("logs/accesses"));
    }

    /** Where reviews keep what they told last. */
    static KeptFindings keptFindings(Wiring wiring) {
        return new KeptFindings(wiring.configuration().dataDir().resolve("logs/findings"));
    }

    /** What does not fit into memory. */
    static Path spill(Wiring wiring) {
        return wiring.configuration().dataDir().resolve("logs/spill");
    }

    private static void check(String provider) {
        if (!provider.equals("gcp") && !provider.equals("aws")) {
            throw new UsageError(Problem.of("There are no logs of this provider")
                    .expected("--provider gcp or aws")
                    .found(provider));
        }
    }

    /**
     * Reviews accesses where they lie.
     *
     * @param all also what was acknowledged
     */
    int runElsewhere(Instant since, Instant until, String provider, boolean all) {
        check(provider);
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ);
                Elsewhere there = Elsewhere.open(wiring)
                        .orElseThrow(() -> new UsageError(Problem.of("Accesses are asked about here")
                                .expected("PATH, or audit.sqlEngine: bigquery or athena in the configuration")
                                .at(wiring.configuration().origin())))) {
            Analysis analysis = there.accesses(since, until, provider);
            return told(wiring, analysis, provider, Intake.NONE, all);
        } catch (LogException e) {
            throw failed(e);
        }
    }

    private static WorkFailed failed(LogException e) {
        return new WorkFailed(Problem.of("The logs can not be reviewed: " + e.getMessage()), e);
    }

    /** @param all also what was acknowledged */
    int run(List<String> paths, String provider, boolean all) {
        check(provider);
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ);
                LogsKept _ = LogsKept.alone(wiring, invocation);
                Accesses accesses = new Accesses(spill(wiring))) {
            SortedSet<Path> files = new LogPaths(invocation, wiring).find(paths);
            invocation.detail("reading " + files.size() + " files");
            Path list = wiring.configuration().dataDir().resolve("logs/files.ndjson");
            if (!kept(wiring).isThere()) {
                // What files told is gone: that they were read must not be remembered either.
                Files.deleteIfExists(list);
            }
            ReadFiles known = new ReadFiles(list);
            Intake intake = new LogReading(accesses, provider, kept(wiring), known).read(files);
            invocation.detail(intake.before() + " of them were read before");
            intake.rejections()
                    .forEach(rejected -> invocation.note("not understood: " + rejected.file()
                            + (rejected.line() == null ? "" : ", line " + rejected.line()) + ": " + rejected.why()));
            return told(wiring, accesses.analysis(), provider, intake, all);
        } catch (LogException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new WorkFailed(Problem.of("The logs can not be reviewed: " + Unreadable.why(e)), e);
        }
    }

    private int told(Wiring wiring, Analysis analysis, String provider, Intake intake, boolean all) {
        Rules rules = wiring.configuration().audit().rules();
        List<Finding> findings = Review.of(
                analysis,
                new AuditRecord(wiring, invocation.surroundings().clock().instant()).read(true),
                rules);
        keptFindings(wiring).keep(provider, findings);
        List<Finding> told =
                all ? findings : Acknowledging.open(findings, wiring.store().decisions());
        print(told, summary(intake, analysis, told, findings.size() - told.size()));
        return Exit.DONE.code();
    }

    private static Fields evidence(Finding finding) {
        return new Fields()
                .text("file", finding.evidence().file())
                .maybe("line", finding.evidence().line())
                .text("record", finding.evidence().record());
    }

    private static Fields summary(Intake intake, Analysis analysis, List<Finding> told, int hidden) {
        return new Fields()
                .number("files", intake.files())
                .number("filesReadBefore", intake.before())
                .number("lines", intake.lines())
                .number("read", intake.read())
                .number("rejected", intake.rejected())
                .number("duplicates", intake.duplicates())
                .number(
                        "accesses",
                        analysis.count("select count(*) from {seen} where action in ('READ', 'LIST', 'WRITE')"))
                .number("findings", told.size())
                .number("acknowledged", hidden);
    }

    private void print(List<Finding> findings, Fields summary) {
        Answer answer = invocation.answer();
        Fields last = new Fields().object("summary", summary);
        if (answer.format() == Format.JSON) {
            List<Fields> all = findings.stream().map(LogReview::fields).toList();
            answer.document(new Fields().objects("findings", all).object("summary", summary), _ -> {}, _ -> {});
            return;
        }
        answer.rows(COLUMNS, findings.stream());
        String text = summary.text();
        if (answer.format() == Format.NDJSON) {
            answer.document(last, (PrintStream _) -> {}, _ -> {});
        } else {
            invocation.note(text);
        }
    }

    private static Fields fields(Finding finding) {
        return new Fields()
                .text("id", finding.id())
                .text("finding", finding.code().text())
                .text("severity", finding.severity().text())
                .text("principal", finding.principal())
                .text("researcher", finding.researcher())
                .text("dataset", finding.dataset())
                .text("resource", finding.resource())
                .instant("at", finding.at())
                .object("evidence", evidence(finding))
                .text("explanation", finding.explanation());
    }
}
