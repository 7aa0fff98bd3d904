package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.lookup.Dates;
import org.physionet.provisioner.app.report.Question;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.ResearcherId;
import picocli.CommandLine.Option;

/** Which question {@code audit report} is to answer. */
final class ReportOptions {
    private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");

    @Option(names = "--dataset", paramLabel = "D", description = "who could read this dataset")
    private @Nullable String dataset;

    @Option(names = "--researcher", paramLabel = "R", description = "everything that this researcher ever held")
    private @Nullable String researcher;

    @Option(
            names = "--actor",
            paramLabel = "A",
            description = "everything that A did: user@host, user, or who was acted for")
    private @Nullable String actor;

    @Option(names = "--run", paramLabel = "ID", description = "everything that this run did and why; or last")
    private @Nullable String run;

    @Option(
            names = "--on",
            paramLabel = "DATE",
            description = "with --dataset: at any moment of this day, or at this instant (default: now)")
    private @Nullable String on;

    @Option(names = "--since", paramLabel = "DATE", description = "with --dataset or --actor: not before")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "DATE", description = "with --dataset or --actor: not after")
    private @Nullable String until;

    Question question(Wiring wiring, Instant now) {
        if (Stream.of(dataset, researcher, actor, run).filter(Objects::nonNull).count() != 1) {
            throw new UsageError(Problem.of("audit report answers one question at a time")
                    .expected("one of --dataset, --researcher, --actor, --run")
                    .found(Stream.of(dataset, researcher, actor, run)
                                    .filter(Objects::nonNull)
                                    .count()
                            + " of them"));
        }
        refuseDatesThatDoNotBelong();
        if (dataset != null) {
            Instant from = on != null ? Dates.start("--on", on) : since == null ? now : Dates.start("--since", since);
            Instant to = on != null ? Dates.end("--on", on) : until == null ? now : Dates.end("--until", until);
            if (from.isAfter(now)) {
                throw new UsageError(Problem.of("The record knows nothing of the future")
                        .expected("a day that has begun")
                        .found(from.toString())
                        .next("provisioner eligibility --at tells what would be so if nothing changes"));
            }
            return new Question.WhoCouldRead(Lookups.dataset(wiring, dataset), span(from, to), to);
        }
        if (researcher != null) {
            ResearcherId id = Lookups.researcher(wiring, researcher);
            return new Question.WhatWasHeld(id, wiring.view().usernames().get(id));
        }
        if (actor != null) {
            Instant from = since == null ? Instant.EPOCH : Dates.start("--since", since);
            Instant to = until == null ? FOREVER : Dates.end("--until", until);
            return new Question.WhatWasDone(actor, span(from, to), until == null ? now : to);
        }
        return new Question.WhatARunDid(RunsCommand.find(wiring, Objects.requireNonNull(run)));
    }

    private static Instant span(Instant from, Instant to) {
        if (from.isAfter(to)) {
            throw new UsageError(Problem.of("The span ends before it begins")
                    .expected("--since not after --until")
                    .found(from + " to " + to));
        }
        return from;
    }

    private void refuseDatesThatDoNotBelong() {
        boolean span = since != null || until != null;
        if (on != null && (dataset == null || span) || span && dataset == null && actor == null) {
            throw new UsageError(Problem.of("These dates do not belong to this question")
                    .expected("--dataset with --on or with --since and --until; --actor with --since and --until"));
        }
    }
}
