package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.lookup.Dates;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.store.AccessQueries.EventFilter;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit events}, {@code audit export}, {@code audit verify}: the ledger; {@code audit logs}, {@code audit usage}: cloud logs held against the record; {@code audit report}: the record's answers. */
@Command(name = "audit")
public final class AuditCommand {
    static final List<Column<LedgerEvent>> COLUMNS = List.of(
            Column.number("seq", LedgerEvent::seq),
            Column.instant("at", LedgerEvent::at),
            Column.text("type", LedgerEvent::type),
            Column.text("actor", LedgerEvent::actor),
            Column.text("run", LedgerEvent::run).hidden(),
            Column.text("what", LedgerEvent::readable),
            Column.text("payload", LedgerEvent::payload).hidden(),
            Column.text("hash", LedgerEvent::hash).hidden());

    private final Invocation invocation;

    public AuditCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    static Fields fields(LedgerEvent event) {
        return new Fields()
                .number("seq", event.seq())
                .instant("at", event.at())
                .text("type", event.type())
                .text("actor", event.actor())
                .text("run", event.run())
                .text("what", event.readable())
                .text("payload", event.payload())
                .text("hash", event.hash());
    }

    @Command(
            name = "events",
            description = "Lists the ledger's entries, in order.",
            footer = {
                "  provisioner audit events --researcher ada --since 2026-01-01",
                "  provisioner audit events --run run-0199… --output ndjson"
            })
    int events(
            @Option(names = "--researcher", paramLabel = "R", description = "about this researcher") @Nullable String researcher,
            @Option(names = "--run", paramLabel = "ID", description = "of this run") @Nullable String run,
            @Option(names = "--type", paramLabel = "TYPE", description = "of this type") @Nullable String type,
            @Option(names = "--since", paramLabel = "DATE", description = "not before") @Nullable String since,
            @Option(names = "--until", paramLabel = "DATE", description = "not after") @Nullable String until,
            @Option(names = "--from-seq", paramLabel = "N", defaultValue = "1", description = "from this number on")
                    long fromSeq,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "at most N (default: 1000)")
                    int limit) {
        Instant from = since == null ? null : Dates.start("--since", since);
        Instant to = until == null ? null : Dates.end("--until", until);
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            EventFilter filter = new EventFilter(
                    run,
                    researcher == null ? null : Lookups.researcher(wiring, researcher),
                    type,
                    from,
                    to,
                    fromSeq,
                    limit);
            List<LedgerEvent> events = wiring.store().answers().events(filter);
            invocation.answer().rows(COLUMNS, events.stream());
            if (events.size() == limit) {
                invocation.note(
                        "There may be more: --from-seq " + (events.getLast().seq() + 1) + " shows the next");
            } else if (events.isEmpty()) {
                invocation.note("No entries.");
            }
            return Exit.DONE.code();
        }
    }

    @Command(
            name = "export",
            description = "Writes the whole ledger to a file, for audit verify and for restoring holds.",
            footer = {
                "  provisioner audit export ledger.ndjson",
                "  provisioner audit export ledger.ndjson --opaque     without anybody's name"
            })
    int export(
            @Parameters(paramLabel = "FILE", description = "must not exist") Path file,
            @Option(names = "--opaque", description = "references only, no names") boolean opaque) {
        return new LedgerFiles(invocation).export(file, opaque);
    }

    @Command(
            name = "key",
            description = {
                "Makes, changes or shows the key that signs the ledger.",
                "When it changes, the old key signs the new one. What show prints has the public half, with which audit "
                        + "verify needs nothing else (also in FILE.pub).",
                "KEY is a file, or a key of a key service: awskms:ARN, gcpkms:projects/…/cryptoKeyVersions/N."
            },
            footer = {
                "  provisioner audit key new ledger.key",
                "  provisioner audit key change ledger-2027.key --reason \"yearly\" --yes",
                "  provisioner audit key change awskms:alias/ledger --reason \"out of the file\" --yes",
                "  provisioner audit key show --output table > ledger.key.pub"
            })
    int key(
            @Parameters(index = "0", paramLabel = "new|change|show", description = "what to do") String what,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "KEY",
                            description = "the new key, or the one to show (default: ledger.key); new: a file")
                    @Nullable String key,
            @Option(names = "--lost", description = "change: the old key is gone and can not sign") boolean lost,
            @Option(names = "--reason", paramLabel = "TEXT", description = "change: why; stays in the record") @Nullable String reason,
            @Mixin ActingOptions acting) {
        LedgerKeys keys = new LedgerKeys(invocation);
        if (key == null && (what.equals("new") || what.equals("change"))) {
            throw new UsageError(
                    Problem.of("audit key " + what + " needs the new key").expected("audit key " + what + " KEY"));
        }
        return switch (what) {
            case "new" -> keys.make(java.util.Objects.requireNonNull(key));
            case "change" ->
                keys.change(
                        java.util.Objects.requireNonNull(key), lost, ActingOptions.reason(reason), acting.onBehalfOf());
            case "show" -> keys.print(key);
            default ->
                throw new UsageError(Problem.of("audit key needs to know what to do")
                        .expected("new, change or show")
                        .found("\"" + what + "\""));
        };
    }

    @Command(
            name = "publish",
            description = {
                "Puts the ledger with a signed checkpoint to the places of ledger.publish, now.",
                "Runs do so by themselves when ledger.every has passed; decisions that make or lift holds always do."
            })
    int publish() {
        return new LedgerKeys(invocation).publish();
    }

    @Command(
            name = "verify",
            description = {
                "Checks an exported or published ledger, with nothing but the file and the public key.",
                "Names the record of an edit, a gap, a reorder, a fork or a cut. Needs no configuration.",
                "Ends with 1 if anything is wrong."
            },
            footer = {
                "  provisioner audit verify ledger.ndjson --key ledger.key.pub",
                "  provisioner audit verify ledger.ndjson --key ledger.key.pub --published copy-of-the-bucket/",
                "  provisioner audit verify ledger.ndjson --head 1042:3fa9…"
            })
    int verify(
            @Parameters(paramLabel = "FILE", description = "what audit export wrote, or a folder of published parts")
                    Path file,
            @Option(
                            names = "--key",
                            paramLabel = "PUBLIC",
                            description = "the public key's file; newer keys that it signed are followed")
                    @Nullable Path key,
            @Option(
                            names = "--published",
                            paramLabel = "PATH",
                            description = "hold it against what was published: parts, in a folder or one file")
                    @Nullable Path published,
            @Option(
                            names = "--head",
                            paramLabel = "RECORD:HASH",
                            description = "a record number and its hash, noted earlier; may be repeated")
                    @Nullable List<String> heads) {
        return new LedgerFiles(invocation).verify(file, key, published, heads == null ? List.of() : heads);
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
