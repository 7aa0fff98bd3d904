package org.physionet.provisioner.store.ledger;

/**
 * Something wrong in an exported ledger.
 *
 * @param line of the file, from 1; one past the last where something is missing at the end
 * @param record the ledger record that it is about, 0 if it is about none
 * @param explanation for people
 */
public record Finding(Kind kind, long line, long record, String explanation) {
    /** What is wrong. */
    public enum Kind {
        /** A record, or its hash, is not as it was written. */
        EDITED,
        /** Records are missing between others. */
        GAP,
        /** A record stands after one that came later. */
        REORDERED,
        /** A record stands there twice. */
        REPEATED,
        /** Records are missing at the front. */
        CUT_FRONT,
        /** Records are missing at the end. */
        CUT_END,
        /** Another history than the one that a trusted checkpoint saw. */
        FORK,
        /** A checkpoint, or a change of the key, that the trusted key did not sign. */
        FALSE_SIGNATURE,
        /** Records that no checkpoint of the trusted key covers. */
        UNSIGNED,
        /** A name that is not the one that the ledger committed to. */
        FALSE_IDENTITY,
        /** Not a line of an export. */
        UNREADABLE
    }
}
