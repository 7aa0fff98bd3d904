package org.physionet.provisioner.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.output.report.ReportPage;
import org.physionet.provisioner.app.output.report.ReportText;
import org.physionet.provisioner.app.report.Answers;
import org.physionet.provisioner.app.report.Question;
import org.physionet.provisioner.app.report.Report;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.store.OpenMode;

/** {@code audit report}: an auditor's question, answered from the record, with the ledger's records that support each line. */
final class AuditReport {
    private static final int MOST_NAMED = 10;

    private final Invocation invocation;

    AuditReport(Invocation invocation) {
        this.invocation = invocation;
    }

    /** @param html where to write a page as well; null: nowhere */
    int run(ReportOptions options, @Nullable Path html) {
        Instant now = invocation.surroundings().clock().instant();
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Report report = new Answers(
                            wiring.store().answers(),
                            wiring.store().answers(),
                            wiring.view().resources().values())
                    .to(options.question(wiring, now), now);
            if (html != null) {
                write(invocation.surroundings().workingFolder().resolve(html), ReportPage.of(report));
            }
            ReportText.print(report, invocation.answer());
            if (report.question() instanceof Question.WhatWasDone done
                    && report.events().isEmpty()) {
                tellActors(done.actor(), wiring.store().answers().actors());
            }
            return Exit.DONE.code();
        }
    }

    /** A name that is misspelled must not pass for somebody who did nothing. */
    private void tellActors(String asked, List<String> known) {
        if (known.stream().noneMatch(one -> Answers.isActor(one, asked))) {
            invocation.note("The record names no actor \"" + asked + "\"; it names "
                    + (known.isEmpty()
                            ? "none yet"
                            : known.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining("; "))
                                    + (known.size() > MOST_NAMED ? "; …" : "")));
        }
    }

    private void write(Path file, String page) {
        try {
            Files.writeString(
                    file, page, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            invocation.note("page: " + file);
        } catch (FileAlreadyExistsException e) {
            throw new UsageError(
                    Problem.of("The file is there already").at(file.toString()).next("choose another name"));
        } catch (NoSuchFileException e) {
            throw new UsageError(Problem.of("The page can not be written: there is no such folder")
                    .at(String.valueOf(file.getParent())));
        } catch (IOException e) {
            throw new WorkFailed(
                    Problem.of("The page can not be written: " + Unreadable.why(e))
                            .at(file.toString()),
                    e);
        }
    }
}
