package org.physionet.provisioner.app.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.app.cli.Failure;
import org.physionet.provisioner.engine.adapter.Archive;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.ledger.Ed25519;
import org.physionet.provisioner.store.ledger.LedgerExport;
import org.physionet.provisioner.store.ledger.SignedCheckpoint;

/**
 * Puts what each place lacks of the ledger there, with a signed checkpoint under it, and knows from the places when the database was rolled
 * back. Safe to call from several processes at once: a place then has some records twice, which readers know.
 */
public final class Publisher {
    private final SqlStore store;
    private final Signer signer;
    private final List<Archive> places;
    private final Duration every;
    private final InstantSource clock;

    /** @param every a checkpoint is due so long after the last one */
    public Publisher(SqlStore store, Signer signer, List<Archive> places, Duration every, InstantSource clock) {
        this.store = store;
        this.signer = signer;
        this.places = List.copyOf(places);
        this.every = every;
        this.clock = clock;
    }

    /** Publishes if the last checkpoint is older than {@code ledger.every}; else does nothing. @return as {@link #publish} */
    public List<String> publishIfDue() {
        Optional<SignedCheckpoint> last = store.ledger().newestCheckpoint();
        boolean due = last.isEmpty() || !last.get().at().plus(every).isAfter(clock.instant());
        return due ? publish() : List.of();
    }

    /**
     * Publishes to every place, whatever happens at another.
     *
     * @return what went wrong, one sentence a place; empty: every place has the whole ledger
     */
    public List<String> publish() {
        try {
            return wrongKey().map(List::of).orElseGet(this::toEveryPlace);
        } catch (Failure e) {
            // The key service: without it there is nothing to put anywhere, and what was decided stays in force.
            return List.of("the ledger could not be signed: " + e.getMessage());
        }
    }

    private List<String> toEveryPlace() {
        List<String> problems = new ArrayList<>();
        for (Archive place : places) {
            try {
                publish(place);
            } catch (IOException e) {
                problems.add("the ledger could not be published to " + place.where() + ": " + e.getMessage());
            }
        }
        return problems;
    }

    /** The first key introduces itself; afterwards only {@code audit key change} puts another in its place. */
    private Optional<String> wrongKey() {
        String own = Ed25519.name(signer.publicKey());
        Optional<String> current = store.ledger().currentKey();
        if (current.isEmpty()) {
            store.ledger().changeKey(null, signer, "engine", "the first key of this ledger", clock.instant());
            return Optional.empty();
        }
        return current.get().equals(own)
                ? Optional.empty()
                : Optional.of("ledger.key is key " + own + ", but the ledger is signed with key " + current.get()
                        + ": nothing was published; set ledger.key to that one, or run provisioner audit key change");
    }

    private void publish(Archive place) throws IOException {
        List<PublishedName> known = newest(place);
        long after = known.isEmpty() ? 0 : known.getLast().seq();
        boolean more = true;
        while (more) {
            long from = after;
            LedgerExport.Part part = store.ledger()
                    .after(from, signer)
                    .orElseThrow(() -> new IOException(
                            "it has record " + from + ", and this database ends before that: it was rolled back"));
            PublishedName name = PublishedName.of(part.checkpoint());
            place.put(name.text(), part.lines().getBytes(StandardCharsets.UTF_8));
            store.ledger().published(place.where(), name.text(), part.checkpoint());
            after = part.checkpoint().seq();
            more = after < store.answers().head().seq() && after > from;
        }
    }

    /** The names from the last one that is known of here on, in order. */
    private List<PublishedName> newest(Archive place) throws IOException {
        Optional<PublishedName> hint =
                store.ledger().publishedLast(place.where()).flatMap(PublishedName::parse);
        String after = hint.map(name -> PublishedName.floor(name.seq())).orElse("");
        List<PublishedName> names = new ArrayList<>();
        List<String> page = place.after(after);
        while (!page.isEmpty()) {
            page.stream().map(PublishedName::parse).flatMap(Optional::stream).forEach(names::add);
            page = page.size() < Archive.PAGE ? List.of() : place.after(page.getLast());
        }
        return names;
    }

    /**
     * Why nothing may be written: a place has records that this database does not have, or others.
     *
     * @param unreachable told of places that could not be asked
     * @return empty: the database is as new as what was published
     */
    public Optional<String> rolledBack(java.util.function.Consumer<String> unreachable) {
        for (Archive place : places) {
            try {
                for (PublishedName name : newest(place)) {
                    Optional<String> own = store.ledger().hashOf(name.seq());
                    if (own.isEmpty()) {
                        return Optional.of(
                                "the record ends with " + store.answers().head().seq() + ", but " + place.where()
                                        + " has the ledger up to record " + name.seq());
                    }
                    if (!own.get().startsWith(name.hash())) {
                        return Optional.of(
                                "record " + name.seq() + " is not the one that was published to " + place.where());
                    }
                }
            } catch (IOException e) {
                unreachable.accept(
                        "whether the record is as new as what was published is not known: " + e.getMessage());
            }
        }
        return Optional.empty();
    }
}
