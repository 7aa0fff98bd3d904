package org.physionet.provisioner.app.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.app.ledger.FolderArchive;
import org.physionet.provisioner.app.wiring.SiteLedger;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.adapter.Archive;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.store.ledger.Ed25519;

/** What {@code doctor} says of the ledger: with which key it is signed, and whether what is published can be overwritten or deleted. */
final class LedgerChecks {
    private final Wiring wiring;
    private final boolean lookIntoClouds;

    LedgerChecks(Wiring wiring, boolean lookIntoClouds) {
        this.wiring = wiring;
        this.lookIntoClouds = lookIntoClouds;
    }

    /** @throws org.physionet.provisioner.app.cli.Failure if the key can not be used */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        SiteLedger ledger = wiring.ledger();
        for (Archive place : ledger.places()) {
            if (lookIntoClouds || place instanceof FolderArchive) {
                findings.add(place(place));
            }
        }
        // A key service is a cloud, too; a file's key was looked at by opening it.
        String configured = wiring.configuration().ledger().key();
        Optional<Signer> signer =
                lookIntoClouds || configured == null || isHere(configured) ? ledger.signer() : Optional.empty();
        signer.ifPresent(key -> findings.add(key(key)));
        return findings;
    }

    private boolean isHere(String key) {
        return wiring.ledger().ofService(key).isEmpty();
    }

    private Finding key(Signer signer) {
        String own = Ed25519.name(signer.publicKey());
        Optional<String> current = wiring.store().ledger().currentKey().filter(name -> !name.equals(own));
        return current.isEmpty()
                ? Finding.well("ledger key", "key " + own + " signs")
                : Finding.wrong(
                        "ledger key",
                        "ledger.key is key " + own + ", but the ledger is signed with key " + current.get(),
                        "set ledger.key to that one, or run provisioner audit key change");
    }

    private static Finding place(Archive place) {
        String what = "ledger at " + place.where();
        try {
            Archive.Protection protection = place.protection();
            return switch (protection.strength()) {
                case LOCKED -> Finding.well(what, protection.found());
                case LIFTABLE, NONE -> Finding.mind(what, protection.found(), protection.fix());
            };
        } catch (IOException e) {
            return Finding.wrong(
                    what,
                    "does not say whether what is published there can be overwritten: " + e.getMessage(),
                    "mend the name, or give the right to look: s3:GetBucketObjectLockConfiguration and"
                            + " s3:GetBucketVersioning, or storage.buckets.get");
        }
    }
}
