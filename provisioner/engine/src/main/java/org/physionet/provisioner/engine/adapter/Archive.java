package org.physionet.provisioner.engine.adapter;

import java.io.IOException;
import java.util.List;

/**
 * A place that keeps what is put there: a bucket with retention or object lock, or a folder. The ledger is published to it, so
 * that whoever holds the database can not rewrite history. Names are ASCII and in the order in which they were put.
 *
 * <p>Safe for concurrent use.
 */
public interface Archive extends AutoCloseable {
    /** At most so many names come from one {@link #after}. */
    int PAGE = 1000;

    /** For messages, without secrets, e.g. {@code s3://BUCKET/PREFIX}. */
    String where();

    /**
     * Puts something under a new name: all of it or nothing. Nothing that stands there is ever replaced.
     *
     * @throws IOException if the name is taken, or the place does not answer: then it is not known whether it was put
     */
    void put(String name, byte[] content) throws IOException;

    /**
     * The next names in order, at most {@link #PAGE}.
     *
     * @param name the last one that is not wanted; empty: from the first on
     */
    List<String> after(String name) throws IOException;

    byte[] get(String name) throws IOException;

    /**
     * What keeps somebody from overwriting or deleting what was put there, as far as the place says.
     *
     * @throws IOException if the place does not answer or does not say
     */
    Protection protection() throws IOException;

    /**
     * Whether what was put stays, for people.
     *
     * @param found what the place says of itself
     * @param fix what would make it stay; empty with {@link Strength#LOCKED}
     */
    record Protection(Strength strength, String found, String fix) {
        public static Protection locked(String found) {
            return new Protection(Strength.LOCKED, found, "");
        }
    }

    /** Who can overwrite or delete it. */
    enum Strength {
        /** Nobody before its time, whatever their rights. */
        LOCKED,
        /** Whoever has a right that is meant for that, or takes the protection away first. */
        LIFTABLE,
        /** Whoever may delete there. */
        NONE
    }

    @Override
    void close();
}
