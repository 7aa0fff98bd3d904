package org.physionet.provisioner.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Bounded;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.HeldBack;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.config.Configuration;
import org.physionet.provisioner.app.ledger.FolderArchive;
import org.physionet.provisioner.app.ledger.KeyService;
import org.physionet.provisioner.app.ledger.Publisher;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.Archive;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.ledger.KeyFile;

/** A site's signing key and the places of its ledger, opened when they are first asked for. Not safe for concurrent use. */
public final class SiteLedger implements AutoCloseable {
    private final Invocation invocation;
    private final Configuration site;
    private final List<AdapterProvider> adapters;
    private final AdapterContext context;
    private @Nullable List<Archive> places;
    private @Nullable Signer signer;

    SiteLedger(Invocation invocation, Configuration site, List<AdapterProvider> adapters, AdapterContext context) {
        this.invocation = invocation;
        this.site = site;
        this.adapters = adapters;
        this.context = context;
    }

    /** The key that signs; empty: none is configured. @throws UsageError if it can not be used */
    public Optional<Signer> signer() {
        String key = site.ledger().key();
        if (signer == null && key != null) {
            signer = open(key);
        }
        return Optional.ofNullable(signer);
    }

    /** @param key as {@code ledger.key} says it */
    private Signer open(String key) {
        if (key.startsWith("-----BEGIN")) {
            return parsed(key, "ledger.key");
        }
        return ofService(key).orElseGet(() -> ofFile(file(key)));
    }

    /**
     * A key service's key.
     *
     * @param key as {@code ledger.key} says it
     * @return empty: no provider here has such names
     * @throws UsageError if the name is wrong
     */
    public Optional<Signer> ofService(String key) {
        for (AdapterProvider offered : adapters) {
            try {
                Optional<Signer> found = offered.signer(key, settings(offered), context);
                if (found.isPresent()) {
                    return Optional.of(new KeyService(key, found.get()));
                }
            } catch (IllegalArgumentException e) {
                throw new UsageError(
                        Problem.of("The name of the ledger's signing key can not be understood: " + e.getMessage())
                                .at(site.origin()));
            }
        }
        return Optional.empty();
    }

    /** What is no file may be the key itself, badly written: it is not shown. */
    private Path file(String key) {
        try {
            Path file = base().resolve(key).normalize();
            if (Files.exists(file)) {
                return file;
            }
        } catch (java.nio.file.InvalidPathException _) {
            // Said below.
        }
        throw new UsageError(
                Problem.of("The value of ledger.key is no file that is there, no PEM text and no key service's key")
                        .at(site.origin())
                        .expected("a file, PEM text, awskms:ARN or gcpkms:projects/…/cryptoKeyVersions/N")
                        .next("provisioner audit key new FILE makes a key"));
    }

    /** @throws UsageError if the file is no key */
    public static Signer ofFile(Path file) {
        try {
            if (KeyFile.isOpenToOthers(file)) {
                throw new UsageError(Problem.of("Everybody on this machine can read the ledger's signing key")
                        .at(file.toString())
                        .next("chmod 600 " + file));
            }
            return parsed(Bounded.text(file, KeyFile.LARGEST), file.toString());
        } catch (IOException e) {
            throw new UsageError(Problem.of("The ledger's signing key can not be read: " + Unreadable.why(e))
                    .at(file.toString())
                    .next("provisioner audit key new FILE makes one"));
        }
    }

    private static Signer parsed(String text, String where) {
        try {
            return KeyFile.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageError(Problem.of("The ledger's signing key can not be used: " + e.getMessage())
                    .at(where));
        }
    }

    /** Every place that the ledger is published to. @throws UsageError if one can not be understood */
    public List<Archive> places() {
        if (places == null) {
            List<Archive> all = new ArrayList<>();
            site.ledger().publish().forEach(place -> all.add(place(place)));
            places = all;
        }
        return places;
    }

    private Archive place(String address) {
        for (AdapterProvider offered : adapters) {
            try {
                Optional<Archive> found = offered.archive(address, settings(offered), context);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IllegalArgumentException e) {
                throw new UsageError(Problem.of(String.valueOf(e.getMessage())).at(site.origin() + ", ledger.publish"));
            }
        }
        if (address.contains("://")) {
            throw new UsageError(Problem.of("No provider here knows the place \"" + address + "\"")
                    .at(site.origin() + ", ledger.publish")
                    .expected("a folder, s3://BUCKET/PREFIX or gs://BUCKET/PREFIX"));
        }
        return new FolderArchive(base().resolve(address).normalize());
    }

    private Path base() {
        return site.store().base();
    }

    private Settings settings(AdapterProvider offered) {
        return Objects.requireNonNull(site.adapters().get(offered.provider()));
    }

    /** What publishes; empty: no place is configured. */
    public Optional<Publisher> publisher(SqlStore store) {
        return places().isEmpty()
                ? Optional.empty()
                : signer().map(key ->
                        new Publisher(store, key, places(), site.ledger().every(), context.clock()));
    }

    /** @throws HeldBack if a place has a newer ledger than the database, or another */
    void requireNotRolledBack(SqlStore store) {
        publisher(store).flatMap(p -> p.rolledBack(invocation::note)).ifPresent(why -> {
            throw new HeldBack(Problem.of("Nothing is written: " + why
                            + ". The database was rolled back, or another one was put in its place")
                    .next("copy what was published into a folder, then provisioner adopt --ledger FOLDER --yes takes"
                            + " the lost records back"));
        });
    }

    /**
     * Publishes a decision that was just recorded, before the command that made it returns.
     *
     * @param code the command's exit code so far
     * @return the same, or 1 if it could not be published everywhere
     */
    public int published(SqlStore store, int code) {
        List<String> problems = publisher(store).map(Publisher::publish).orElse(List.of());
        problems.forEach(p -> invocation.surroundings().err().println("provisioner: " + p));
        if (problems.isEmpty()) {
            return code;
        }
        invocation
                .surroundings()
                .err()
                .println("provisioner: what was decided is recorded and in force, but would be lost"
                        + " with the database; mend the place, then: provisioner audit publish");
        return code == Exit.DONE.code() ? Exit.FAILED.code() : code;
    }

    /** Publishes if a checkpoint is due; what goes wrong is said and ends nothing. For runs, and whatever calls at intervals. */
    public void publishIfDue(SqlStore store) {
        publisher(store)
                .map(Publisher::publishIfDue)
                .orElse(List.of())
                .forEach(p -> invocation.surroundings().err().println("provisioner: " + p));
    }

    @Override
    public void close() {
        if (places != null) {
            places.forEach(Archive::close);
        }
    }
}
