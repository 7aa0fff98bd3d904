package org.physionet.provisioner.app.command;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.ledger.LedgerSource;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Links;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.store.ledger.LedgerVerifier;
import org.physionet.provisioner.store.ledger.Tags;
import org.physionet.provisioner.store.ledger.Verification;
import org.physionet.provisioner.store.state.Restoration;

/** {@code adopt --ledger}: takes the records that the database lost back, and holds, quarantine and places with them. */
final class LostRecords {
    private final Invocation invocation;
    private final Wiring wiring;
    private final Path ledger;

    LostRecords(Invocation invocation, Wiring wiring, Path ledger) {
        this.invocation = invocation;
        this.wiring = wiring;
        this.ledger = invocation.surroundings().workingFolder().resolve(ledger);
    }

    /**
     * Before anything is adopted.
     *
     * @param key the public key's file; null: that of {@code ledger.key}
     */
    Restoration.Restored takeBack(@Nullable Path key, String actor) {
        Optional<Signer> signer = wiring.ledger().signer();
        byte[] trusted = key != null
                ? new LedgerFiles(invocation).publicKey(key)
                : signer.map(Signer::publicKey).orElse(null);
        try {
            Verification verification = LedgerVerifier.verify(LedgerSource.lines(ledger), List.of(), trusted);
            if (!verification.whole()) {
                throw LedgerKeys.notWhole(ledger, verification.findings().size());
            }
            if (verification.records() == 0) {
                throw new UsageError(Problem.of("There is no ledger").at(ledger.toString()));
            }
        } catch (UncheckedIOException e) {
            throw new UsageError(Problem.of("The ledger can not be read: " + Unreadable.why(e))
                    .at(ledger.toString()));
        }
        if (trusted == null) {
            invocation.note("No key is configured or given: whether the ledger was signed is not looked at.");
        }
        Restoration.Restored restored = wiring.store()
                .ledger()
                .restore(
                        () -> LedgerSource.lines(ledger),
                        signer.map(Tags::of).orElse(null),
                        people(),
                        actor,
                        invocation.surroundings().clock().instant());
        invocation.note("records " + (restored.from() + 1) + " to " + restored.to() + " taken back from " + ledger
                + ", with " + restored.inForce() + " holds in force");
        return restored;
    }

    /** Everybody whom the source has, every account linked there or recorded, and every one that stands in a cloud. */
    private Restoration.People people() {
        Set<ResearcherId> researchers = new TreeSet<>();
        Set<Principal> principals = new TreeSet<>();
        if (wiring.reading() instanceof SourceReading.Read read) {
            researchers.addAll(read.snapshot().researchers().keySet());
            Links.of(
                            read.snapshot().researchers().values(),
                            wiring.parts().identityKinds().values())
                    .byPerson()
                    .values()
                    .forEach(principals::addAll);
        }
        wiring.reconciler()
                .preview(wiring.reading(), Scope.ALL, null)
                .plan()
                .resources()
                .forEach(resource -> {
                    Observation observation = resource.observation();
                    if (observation != null) {
                        principals.addAll(observation.owned().keySet());
                    }
                });
        return new Restoration.People(researchers, principals);
    }

    /** After the resources are in the record again: where people stood, and whether the holds are complete. */
    void complete(Restoration.Restored restored, String actor) {
        Set<ResourceId> known = wiring.store().view().resources().keySet();
        restored.places().forEach((resource, places) -> {
            if (known.contains(resource)) {
                wiring.store().place(resource, places);
            }
        });
        if (restored.unmatched().isEmpty()) {
            wiring.store()
                    .holdsAreComplete(
                            actor,
                            "restored from the ledger up to record " + restored.to(),
                            invocation.surroundings().clock().instant());
            return;
        }
        wiring.store()
                .holdsAreUnknown(
                        actor,
                        "holds on people who could not be found: " + String.join(", ", restored.unmatched()),
                        invocation.surroundings().clock().instant());
        invocation.note(
                "Nothing is granted yet: " + restored.unmatched().size() + " holds are on people whom neither the"
                        + " source nor a cloud has: " + String.join(", ", restored.unmatched())
                        + ". An export with names tells whom; make them again with revoke or grant, then say with adopt --no-holds"
                        + " that there are no others.");
    }
}
