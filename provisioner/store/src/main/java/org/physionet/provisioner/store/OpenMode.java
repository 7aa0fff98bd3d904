package org.physionet.provisioner.store;

/** What a command wants of the store. */
public enum OpenMode {
    /** Changes nothing, needs no right to; an embedded database that is not there yet reads as an empty record. */
    READ,
    /** Creates an embedded database that is not there yet. */
    WRITE
}
