package org.physionet.provisioner.store.queue;

/** What is served first when more is due than can be done at once. */
public enum Urgency {
    USUAL(0),
    /** Somebody can still read what they may not: before all other work, however long it has been waiting. */
    REVOCATION(100);

    final int priority;

    Urgency(int priority) {
        this.priority = priority;
    }
}
