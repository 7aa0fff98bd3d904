package org.physionet.provisioner.engine.guards;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;

/**
 * Changes that a guard holds, with their one cause, until a person releases or defers them or they are no longer planned.
 *
 * @param id stable: the same cause gives the same id
 * @param cause for people, e.g. {@code training 1: validity none → 1095 days}
 * @param systemic whether a changed requirement or catalog line is behind it: later changes with that cause join the case
 * @param openedAt when a run first held it
 * @param deferredUntil grace: nothing happens before, the changes are made after; null: not deferred
 * @param members what is held; what a person released is no longer in here but in {@code released}
 * @param released allowed to be made once
 */
public record GuardCase(
        String id,
        Kind kind,
        String cause,
        boolean systemic,
        Instant openedAt,
        State state,
        @Nullable Instant deferredUntil,
        SortedSet<Member> members,
        SortedSet<Member> released) {
    /** What would happen without the guard. */
    public enum Kind {
        REVOCATIONS,
        ADMISSIONS
    }

    /** {@code CLOSED}: made, or no longer planned. */
    public enum State {
        OPEN,
        DEFERRED,
        CLOSED
    }

    /**
     * One person at one dataset.
     *
     * @param person the researcher's id, or the principal's text where nobody knows whose it is
     */
    public record Member(String person, DatasetId dataset) implements Comparable<Member> {
        @Override
        public int compareTo(Member other) {
            int byPerson = person.compareTo(other.person);
            return byPerson != 0 ? byPerson : dataset.compareTo(other.dataset);
        }
    }

    public GuardCase {
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        released = Collections.unmodifiableSortedSet(new TreeSet<>(released));
    }

    public long people() {
        return members.stream().map(Member::person).distinct().count();
    }
}
