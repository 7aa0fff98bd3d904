package org.physionet.provisioner.store;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.store.ledger.LedgerExport;
import org.physionet.provisioner.store.ledger.LedgerVerifier;
import org.physionet.provisioner.store.ledger.Tags;
import org.physionet.provisioner.store.ledger.Verification;
import org.physionet.provisioner.store.state.Restoration;

/** How a ledger gets out of one record and into another. */
final class Restoring {
    /** Everybody of the sample is found. */
    static final Restoration.People EVERYBODY =
            new Restoration.People(List.of(Sample.ADA, Sample.BOB), List.of(Sample.ADA_GOOGLE, Sample.BOB_GOOGLE));

    private Restoring() {}

    static Supplier<Iterator<String>> exported(SqlStore store, LedgerExport.People people, @Nullable Signer signer) {
        StringBuilder out = new StringBuilder();
        store.ledger().export(out, people, signer);
        return () -> out.toString().lines().iterator();
    }

    static Supplier<Iterator<String>> published(SqlStore store, Signer key) {
        LedgerExport.Part part = store.ledger().after(0, key).orElseThrow();
        return () -> part.lines().lines().iterator();
    }

    static Verification verify(SqlStore store, Signer key) {
        return LedgerVerifier.verify(
                exported(store, LedgerExport.People.NAMED, key).get(), List.of(), key.publicKey());
    }

    static Restoration.Restored restore(
            SqlStore into, Supplier<Iterator<String>> ledger, @Nullable Tags tags, Restoration.People people) {
        return into.ledger().restore(ledger, tags, people, "root@host", Sample.minutes(30));
    }
}
