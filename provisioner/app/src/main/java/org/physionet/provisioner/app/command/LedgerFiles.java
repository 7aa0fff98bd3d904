package org.physionet.provisioner.app.command;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Bounded;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.ledger.LedgerSource;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.engine.model.Counted;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.ledger.Checkpoint;
import org.physionet.provisioner.store.ledger.Finding;
import org.physionet.provisioner.store.ledger.KeyFile;
import org.physionet.provisioner.store.ledger.LedgerExport;
import org.physionet.provisioner.store.ledger.LedgerReader;
import org.physionet.provisioner.store.ledger.LedgerVerifier;
import org.physionet.provisioner.store.ledger.SignedCheckpoint;
import org.physionet.provisioner.store.ledger.Verification;

/** {@code audit export}, {@code audit verify}: the ledger in a file, and the file checked with nothing but itself. */
final class LedgerFiles {
    private static final List<Column<Finding>> COLUMNS = List.of(
            Column.<Finding>text("finding", f -> f.kind().name().toLowerCase(java.util.Locale.ROOT)),
            Column.number("line", Finding::line),
            Column.number("record", Finding::record),
            Column.text("explanation", Finding::explanation));

    private static final List<Column<LedgerExport.Summary>> HEAD = List.of(
            Column.number("records", LedgerExport.Summary::records), Column.text("head", LedgerExport.Summary::head));

    private final Invocation invocation;

    LedgerFiles(Invocation invocation) {
        this.invocation = invocation;
    }

    /** @param opaque references only, no names */
    int export(Path file, boolean opaque) {
        Path path = invocation.surroundings().workingFolder().resolve(file);
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Signer signer = wiring.ledger().signer().orElse(null);
            LedgerExport.Summary summary;
            try (Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
                summary = wiring.store()
                        .ledger()
                        .export(out, opaque ? LedgerExport.People.OPAQUE : LedgerExport.People.NAMED, signer);
            }
            invocation
                    .answer()
                    .document(
                            new Fields()
                                    .number("records", summary.records())
                                    .text("head", summary.head())
                                    .text("signedBy", summary.signedBy())
                                    .text("file", path.toString()),
                            text -> text.println(summary.records() + " records in " + path + ", head " + summary.head()
                                    + (summary.signedBy() == null
                                            ? "\nNote the head elsewhere: with it audit verify --head knows a file that was cut or rewritten."
                                            : "\nSigned with key " + summary.signedBy()
                                                    + ": audit verify --key checks it.")),
                            answer -> answer.rows(HEAD, Stream.of(summary)));
            return Exit.DONE.code();
        } catch (FileAlreadyExistsException e) {
            throw new UsageError(
                    Problem.of("The file is there already").at(path.toString()).next("choose another name"));
        } catch (IOException e) {
            throw new WorkFailed(
                    Problem.of("The ledger can not be written to the file: " + Unreadable.why(e))
                            .at(path.toString()),
                    e);
        }
    }

    /**
     * @param key the file of the public key; null: signatures are not looked at
     * @param published what it is held against; null: nothing
     * @param heads what is known of the chain from elsewhere, as {@code RECORD:HASH}
     */
    int verify(Path file, @Nullable Path key, @Nullable Path published, List<String> heads) {
        Path path = invocation.surroundings().workingFolder().resolve(file);
        byte[] trusted = key == null ? null : publicKey(key);
        List<Checkpoint> known =
                new ArrayList<>(heads.stream().map(LedgerFiles::checkpoint).toList());
        if (published != null) {
            known.addAll(published(invocation.surroundings().workingFolder().resolve(published), trusted));
        }
        try {
            Verification verification = LedgerVerifier.verify(LedgerSource.lines(path), known, trusted);
            List<Finding> findings = verification.findings();
            invocation.answer().rows(COLUMNS, findings.stream());
            String signed = verification.signedUpTo() == null
                    ? ""
                    : "; signed up to record " + verification.signedUpTo() + " at " + verification.signedAt();
            invocation.note(
                    findings.isEmpty()
                            ? path + ": " + verification.records() + " records, unbroken; head " + verification.head()
                                    + signed
                            : path + ": " + Counted.of(findings.size(), "finding"));
            return findings.isEmpty() ? Exit.DONE.code() : Exit.FAILED.code();
        } catch (java.io.UncheckedIOException e) {
            throw unreadable(path, e);
        }
    }

    /** The public key in a file; a private key's file has it too. */
    byte[] publicKey(Path key) {
        Path path = invocation.surroundings().workingFolder().resolve(key);
        try {
            return KeyFile.publicKey(Bounded.text(path, KeyFile.LARGEST))
                    .orElseThrow(() -> new UsageError(Problem.of("The file has no public key")
                            .at(path.toString())
                            .expected("a PEM block PUBLIC KEY, as in the file .pub that audit key new makes")));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Every checkpoint of published parts, which must be whole themselves. */
    private static List<Checkpoint> published(Path path, byte @Nullable [] key) {
        try {
            Verification verification = LedgerVerifier.verify(LedgerSource.lines(path), List.of(), key);
            if (!verification.whole()) {
                throw LedgerKeys.notWhole(path, verification.findings().size());
            }
            List<Checkpoint> all = new ArrayList<>();
            LedgerReader.read(LedgerSource.lines(path), new LedgerReader.Visitor() {
                @Override
                public void signed(SignedCheckpoint checkpoint) {
                    all.add(new Checkpoint(checkpoint.seq(), checkpoint.hash()));
                }
            });
            return all;
        } catch (java.io.UncheckedIOException e) {
            throw unreadable(path, e);
        } catch (SQLException e) {
            throw new IllegalStateException("a file that needs a database", e);
        }
    }

    private static UsageError unreadable(Path path, Exception e) {
        return new UsageError(
                Problem.of("The file can not be read: " + Unreadable.why(e)).at(path.toString()));
    }

    private static Checkpoint checkpoint(String text) {
        if (!text.matches("\\d{1,18}:[0-9a-f]{64}")) {
            throw new UsageError(Problem.of("The value of --head can not be understood")
                    .expected("RECORD:HASH, e.g. 1042:3fa9… with 64 hex digits")
                    .found("\"" + text + "\""));
        }
        int colon = text.indexOf(':');
        return new Checkpoint(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    }
}
