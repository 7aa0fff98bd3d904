package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.lookup.Dates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code audit}: the ledger, by commands of their own; cloud logs held against the record ({@code logs}, {@code acknowledge},
 * {@code usage}), the record's answers ({@code report}), and forgetting ({@code erase}).
 */
@Command(
        name = "audit",
        subcommands = {
            LedgerEventsCommand.class,
            LedgerExportCommand.class,
            LedgerVerifyCommand.class,
            LedgerPublishCommand.class,
            LedgerKeyCommand.class
        })
public final class AuditCommand {
    private final Invocation invocation;

    public AuditCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(
            name = "logs",
            description = {
                "Reviews cloud access logs against the record: reads without a grant, after its end, by "
                        + "strangers, by other paths, and changes of policies by others.",
                "Keeps what it read for audit usage."
            },
            footer = {
                "  provisioner audit logs logs/ --provider aws",
                "  provisioner audit logs 'cloudaudit.googleapis.com/**/*.json' --provider gcp --output ndjson",
                "  provisioner audit logs bq://data.audit_logs --provider gcp              from a sink's tables",
                "  provisioner audit logs --provider gcp --since 2026-01-01 --until 2026-01-31    at audit.sqlEngine"
            })
    int logs(
            @Parameters(
                            paramLabel = "PATH",
                            arity = "0..*",
                            description =
                                    "files, folders and globs of one provider's logs, plain, gz or zst, or gs://BUCKET/PREFIX, s3://BUCKET/PREFIX, bq://PROJECT.DATASET/TABLE; none: what lies at audit.sqlEngine")
                    @Nullable List<String> paths,
            @Option(names = "--provider", paramLabel = "gcp|aws", required = true, description = "whose logs they are")
                    String provider,
            @Option(names = "--since", paramLabel = "DATE", description = "not before; without PATH only") @Nullable String since,
            @Option(names = "--until", paramLabel = "DATE", description = "not after; without PATH only") @Nullable String until,
            @Option(names = "--all", description = "what was acknowledged, too") boolean all) {
        LogReview review = new LogReview(invocation);
        if (paths != null && !paths.isEmpty()) {
            if (since != null || until != null) {
                throw new UsageError(Problem.of("Files are reviewed as a whole")
                        .expected("PATH, or --since and --until")
                        .found("both"));
            }
            return review.run(paths, provider, all);
        }
        if (since == null || until == null) {
            throw new UsageError(Problem.of("There is nothing to review")
                    .expected("PATH, or with audit.sqlEngine: bigquery or athena, --since and --until")
                    .found("neither"));
        }
        return review.runElsewhere(Dates.start("--since", since), Dates.end("--until", until), provider, all);
    }

    @Command(
            name = "acknowledge",
            description = {
                "Says that findings of audit logs are explained.",
                "They are not told again, unless they change. Who said so, and why, stays in the record."
            },
            footer = "  provisioner audit acknowledge 3fa91c07b2de --reason \"the curator's own test, ticket 118\"")
    int acknowledge(
            @Parameters(
                            paramLabel = "ID",
                            arity = "1..*",
                            description = "findings of the last reviews, or the unique beginnings of their ids")
                    List<String> ids,
            @Option(names = "--reason", paramLabel = "TEXT", description = "why; stays in the record") @Nullable String reason,
            @Mixin ActingOptions acting) {
        return new Acknowledging(invocation).run(ids, ActingOptions.reason(reason), acting);
    }

    @Command(
            name = "erase",
            description = {
                "Forgets by which names somebody was known, after they left the source and hold nothing any more.",
                "What happened stays in the ledger without the names, and still verifies. There is no way back."
            },
            footer = "  provisioner audit erase 1042 --reason \"request 17 of the privacy office\"")
    int erase(
            @Parameters(paramLabel = "RESEARCHER", description = "as our record knows them") String person,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            description = "why; stays in the record, so without the name")
                    @Nullable String reason,
            @Mixin ActingOptions acting) {
        return new Forgetting(invocation).run(person, ActingOptions.reason(reason), acting);
    }

    @Command(
            name = "usage",
            description = {
                "Tells who read a dataset, first and last, how much, entitled at every read or not, on what "
                        + "basis; and what the logs can not show.",
                "From the logs that audit logs read before."
            },
            footer = {
                "  provisioner audit usage --dataset mimiciv/3.1 --since 2026-01-01 --until 2026-03-31",
                "  provisioner audit usage --dataset mimiciv/3.1 --since 2026-01-01 --until 2026-03-31 --by day --public"
            })
    int usage(
            @Option(names = "--dataset", paramLabel = "D", required = true, description = "which dataset")
                    String dataset,
            @Option(names = "--since", paramLabel = "DATE", required = true, description = "not before") String since,
            @Option(names = "--until", paramLabel = "DATE", required = true, description = "not after") String until,
            @Option(
                            names = "--by",
                            paramLabel = "researcher|day|version",
                            description = "default: researcher; day and version take a slug for all its versions")
                    @Nullable String by,
            @Option(names = "--public", description = "for export: no names, numbers of few people left out")
                    boolean forThePublic) {
        return new UsageAnswer(invocation)
                .run(dataset, Dates.start("--since", since), Dates.end("--until", until), by, forThePublic);
    }

    @Command(
            name = "report",
            description = {
                "Answers an auditor's question from the record: who could read a dataset, what a researcher ever "
                        + "held, what an actor did, what a run did and why.",
                "Each line names the ledger's records that support it."
            },
            footer = {
                "  provisioner audit report --dataset mimiciv/3.1 --on 2026-03-01 --html march.html",
                "  provisioner audit report --researcher ada --output csv",
                "  provisioner audit report --actor ops@gate --since 2026-01-01",
                "  provisioner audit report --run last --output json"
            })
    int report(
            @Mixin ReportOptions question,
            @Option(
                            names = "--html",
                            paramLabel = "FILE",
                            description = "write a page to print as well; must not exist")
                    @Nullable Path html) {
        return new AuditReport(invocation).run(question, html);
    }
}
