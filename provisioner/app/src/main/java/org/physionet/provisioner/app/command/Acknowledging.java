package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.audit.review.Finding;
import org.physionet.provisioner.engine.store.Acknowledgements;
import org.physionet.provisioner.engine.store.Acknowledgements.Acknowledged;
import org.physionet.provisioner.store.OpenMode;

/** {@code audit acknowledge}: a finding is explained, and is told again only if it changes. */
final class Acknowledging {
    private static final List<Column<KeptFindings.Told>> COLUMNS = List.of(
            Column.text("id", KeptFindings.Told::id),
            Column.text("finding", told -> told.finding().code()),
            Column.text("principal", told -> told.finding().principal()),
            Column.text("resource", told -> told.finding().resource()),
            Column.instant("at", told -> told.finding().at()),
            Column.text("reason", told -> told.finding().reason()),
            Column.text("actor", told -> told.finding().actor()));

    private final Invocation invocation;

    Acknowledging(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Those that nobody has acknowledged as they are now. */
    static List<Finding> open(List<Finding> findings, Acknowledgements record) {
        List<Acknowledged> explained = record.acknowledged();
        return findings.stream()
                .filter(finding -> explained.stream().noneMatch(one -> one.sameAs(of(finding))))
                .toList();
    }

    private static Acknowledged of(Finding finding) {
        return new Acknowledged(
                finding.code().text(),
                finding.principal(),
                finding.resource(),
                finding.at(),
                finding.fingerprint(),
                "",
                "",
                Instant.EPOCH);
    }

    int run(List<String> ids, String reason, ActingOptions acting) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            List<KeptFindings.Told> known = LogReview.keptFindings(wiring).all();
            List<KeptFindings.Told> chosen =
                    ids.stream().map(id -> one(id, known)).distinct().toList();
            Instant now = invocation.surroundings().clock().instant();
            String actor = wiring.actor(acting.onBehalfOf()).text();
            List<KeptFindings.Told> done = new ArrayList<>();
            for (KeptFindings.Told told : chosen) {
                Acknowledged seen = told.finding();
                Acknowledged explained = new Acknowledged(
                        seen.code(),
                        seen.principal(),
                        seen.resource(),
                        seen.at(),
                        seen.fingerprint(),
                        actor,
                        reason,
                        now);
                wiring.store().decisions().acknowledge(explained);
                done.add(new KeptFindings.Told(told.id(), explained));
            }
            invocation.answer().rows(COLUMNS, done.stream());
            return Exit.DONE.code();
        }
    }

    private static KeptFindings.Told one(String id, List<KeptFindings.Told> known) {
        List<KeptFindings.Told> matching = known.stream()
                .filter(told -> told.id().startsWith(id))
                .distinct()
                .toList();
        if (id.isEmpty() || matching.size() != 1) {
            throw new UsageError(Problem.of(
                            matching.isEmpty() || id.isEmpty()
                                    ? "The last reviews found nothing with the id \"" + id + "\""
                                    : "\"" + id + "\" is the beginning of " + matching.size() + " findings")
                    .next(Nearest.question(
                                    id,
                                    known.stream().map(KeptFindings.Told::id).toList())
                            .orElse("provisioner audit logs PATH --provider gcp|aws tells the ids")));
        }
        return matching.getFirst();
    }
}
