package org.physionet.provisioner.store.ledger;

/** Something about a person, named opaquely: the only form in which people occur in the ledger. */
public interface Reference {
    /** {@code ref-} and 32 random hexadecimal digits; says nothing about the person. */
    String ref();

    /** Row of the identity table. */
    int id();

    /** Whether a record that mentions it is about that person, and is found by it. */
    boolean subject();
}
