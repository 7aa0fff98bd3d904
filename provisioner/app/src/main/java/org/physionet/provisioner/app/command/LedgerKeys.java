package org.physionet.provisioner.app.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.HeldBack;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.wiring.SiteLedger;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.adapter.Archive;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.engine.model.Counted;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.ledger.Ed25519;
import org.physionet.provisioner.store.ledger.KeyFile;

/** {@code audit key}, {@code audit publish}: the key that signs the ledger, in a file or a key service, and the places where it goes. */
final class LedgerKeys {
    private final Invocation invocation;

    LedgerKeys(Invocation invocation) {
        this.invocation = invocation;
    }

    private record Named(String key, String file, String publicKey) {}

    int make(String file) {
        Path path = path(file);
        try {
            KeyFile made = KeyFile.create(path);
            show(made, path.toString());
            invocation.note("Keep " + path + " away from the database and its backups, and give " + path
                    + ".pub to whoever verifies. Next: ledger.key: " + file);
            return Exit.DONE.code();
        } catch (FileAlreadyExistsException e) {
            throw new UsageError(
                    Problem.of("The file is there already").at(e.getMessage()).next("choose another name"));
        } catch (IOException e) {
            throw new WorkFailed(
                    Problem.of("The key can not be written: " + Unreadable.why(e))
                            .at(path.toString()),
                    e);
        }
    }

    /** @param key as {@code ledger.key} would say it; null: what it says */
    int print(@Nullable String key) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            if (key != null) {
                show(of(wiring, key), named(wiring, key));
                return Exit.DONE.code();
            }
            Signer signer = wiring.ledger()
                    .signer()
                    .orElseThrow(() -> new UsageError(Problem.of("No key signs the ledger")
                            .at(wiring.configuration().origin())
                            .expected("ledger.key, or audit key show KEY")));
            String own = String.valueOf(wiring.configuration().ledger().key());
            show(signer, own.startsWith("-----BEGIN") ? "ledger.key" : named(wiring, own));
            return Exit.DONE.code();
        }
    }

    private Path path(String file) {
        return invocation.surroundings().workingFolder().resolve(file);
    }

    /** Of a key service, or in a file. */
    private Signer of(Wiring wiring, String key) {
        return wiring.ledger().ofService(key).orElseGet(() -> SiteLedger.ofFile(path(key)));
    }

    private String named(Wiring wiring, String key) {
        return wiring.ledger().ofService(key).isPresent() ? key : path(key).toString();
    }

    /**
     * @param key as {@code ledger.key} will say it
     * @param lost the old key can not sign any more
     */
    int change(String key, boolean lost, String reason, @Nullable String onBehalfOf) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            Signer next = of(wiring, key);
            Signer before = lost ? null : wiring.ledger().signer().orElse(null);
            String known = wiring.store().ledger().currentKey().orElse(null);
            if (known != null && (before == null ? !lost : !known.equals(Ed25519.name(before.publicKey())))) {
                throw new UsageError(Problem.of("The ledger is signed with key " + known
                                + ", and ledger.key is not that one: it can not sign the new key")
                        .next("set ledger.key to it, or say with --lost that it is gone"));
            }
            invocation.confirm("From here on key " + Ed25519.name(next.publicKey()) + " signs the ledger");
            wiring.store()
                    .ledger()
                    .changeKey(
                            known == null ? null : before,
                            next,
                            wiring.actor(onBehalfOf).text(),
                            reason,
                            invocation.surroundings().clock().instant());
            show(next, named(wiring, key));
            invocation.note("Now set ledger.key to the new one, and run provisioner audit publish.");
            return Exit.DONE.code();
        }
    }

    private void show(Signer key, String where) {
        String pem = KeyFile.pem("PUBLIC KEY", key.publicKey());
        Named named = new Named(Ed25519.name(key.publicKey()), where, pem);
        invocation
                .answer()
                .document(
                        new Fields()
                                .text("key", named.key())
                                .text("file", where)
                                .text("publicKey", pem),
                        text -> {
                            text.println("key " + named.key() + " in " + where);
                            text.print(pem);
                        },
                        answer -> answer.rows(
                                List.of(
                                        Column.text("key", Named::key),
                                        Column.text("file", Named::file),
                                        Column.text("publicKey", Named::publicKey)),
                                Stream.of(named)));
    }

    private record Place(String place, String state) {}

    int publish() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            List<Archive> places = wiring.ledger().places();
            if (places.isEmpty()) {
                throw new UsageError(Problem.of("There is no place to publish the ledger to")
                        .expected("ledger.publish: [FOLDER, s3://BUCKET/PREFIX, gs://BUCKET/PREFIX], and ledger.key")
                        .at(wiring.configuration().origin()));
            }
            int code = wiring.ledger().published(wiring.store(), Exit.DONE.code());
            long seq = wiring.store().answers().head().seq();
            invocation
                    .answer()
                    .rows(
                            List.of(Column.text("place", Place::place), Column.text("state", Place::state)),
                            places.stream()
                                    .map(p -> new Place(p.where(), code == 0 ? "up to record " + seq : "see above")));
            return code;
        }
    }

    static HeldBack notWhole(Path path, long findings) {
        return new HeldBack(
                Problem.of("The ledger is not whole: " + Counted.of(findings, "finding") + "; nothing is taken from it")
                        .at(path.toString())
                        .next("provisioner audit verify " + path + " names the records"));
    }
}
