package org.physionet.provisioner.worlds.bugs;

import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.store.Store;

/** The deliberate bugs, each a mistake that a peer has made, as wrappers around the engine's ports; and none. */
public enum Bug {
    NONE,
    /** What failed is recorded as done, and not looked at again. */
    VERSION_ADVANCED_OVER_FAILURES,
    /** The document is left alone when nobody would be left in it. */
    REVOCATION_LOST_WITH_THE_LAST_EDGE,
    /** What was read at first is written from later, whoever wrote in between. */
    STALE_READ_MODIFY_WRITE,
    /** The token is not sent. */
    BLIND_OVERWRITE,
    /** A first refusal puts somebody out for good. */
    UNVERIFIED_AT_FIRST_REFUSAL,
    /** What a layout let in that the resource had before is not looked at any more. */
    EARLIER_LAYOUT_FORGOTTEN,
    /** Documents are filled anew from the first. */
    SHARD_RENUMBERING,
    /** Without anybody to add, nothing is written. */
    SKIPPED_WRITE_ON_EMPTY_LIST,
    /** A term is said to end a microsecond later than it does. */
    EXPIRY_BOUNDARY_OFF_BY_ONE,
    /** Everybody who asks has the lease. */
    LEASE_WITHOUT_FENCING,
    /** The token is looked at before the transaction that records something, not in it. */
    FENCE_OUTSIDE_THE_TRANSACTION,
    /** What was read is recorded, whoever has worked there since. */
    READ_RECORDED_WITHOUT_FENCE,
    /** The intent is recorded with the outcome. */
    LEDGER_AFTER_THE_CALL;

    /** @return the adapter as this bug has it; itself where the bug is elsewhere */
    public Adapter wrap(Adapter adapter) {
        return switch (this) {
            case REVOCATION_LOST_WITH_THE_LAST_EDGE,
                    STALE_READ_MODIFY_WRITE,
                    BLIND_OVERWRITE,
                    EARLIER_LAYOUT_FORGOTTEN,
                    SHARD_RENUMBERING,
                    SKIPPED_WRITE_ON_EMPTY_LIST,
                    VERSION_ADVANCED_OVER_FAILURES -> new BuggyAdapter(this, adapter);
            default -> adapter;
        };
    }

    public Store wrap(Store store) {
        return switch (this) {
            case UNVERIFIED_AT_FIRST_REFUSAL,
                    LEASE_WITHOUT_FENCING,
                    FENCE_OUTSIDE_THE_TRANSACTION,
                    READ_RECORDED_WITHOUT_FENCE,
                    LEDGER_AFTER_THE_CALL -> BuggyStore.of(this, store);
            default -> store;
        };
    }

    public SourceReading wrap(SourceReading reading) {
        return this == EXPIRY_BOUNDARY_OFF_BY_ONE ? OffByOne.of(reading) : reading;
    }
}
