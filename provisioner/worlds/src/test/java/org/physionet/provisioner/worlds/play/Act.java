package org.physionet.provisioner.worlds.play;

import java.time.Duration;
import java.util.List;

/** One thing that happens in a world. Numbers choose among what there is then, so that an act means something in any story. */
public sealed interface Act {
    /** Time passes. */
    record Pass(Duration time) implements Act {}

    /** Time passes until the next term ends: at its last instant, or one microsecond later. */
    record ToNextEnd(boolean after) implements Act {}

    record Source(Change change, int person, int dataset) implements Act {
        /** What becomes of people in the source. */
        public enum Change {
            SIGN,
            UNSIGN,
            TRAIN,
            UNTRAIN,
            APPROVE,
            UNAPPROVE,
            CREDENTIAL,
            UNCREDENTIAL,
            ACTIVATE,
            DEACTIVATE,
            RELINK_GOOGLE,
            RELINK_AWS,
            UNLINK_GOOGLE,
            UNLINK_AWS,
            LINK_NOBODY,
            DELETE,
            ARRIVE
        }
    }

    /** A requirement changes for everybody: a training's validity in days, 0 for ever; or what a dataset asks. */
    record Validity(int days) implements Act {}

    record Policy(int dataset, int policy) implements Act {}

    /** Somebody else edits a resource. */
    record Rival(Edit edit, int resource, int which) implements Act {
        /** What they do. */
        public enum Edit {
            ADD_FOREIGN,
            REMOVE_FOREIGN,
            ADD_STRANGER,
            REMOVE_READER,
            TOUCH
        }
    }

    /** The catalog gives a resource of AWS another layout. */
    record Relayout(int resource) implements Act {}

    /** The provider's account of somebody is deleted. */
    record AccountDeleted(int person, boolean google) implements Act {}

    /** An admin's command: the hold, then its own reconciliation. */
    record Admin(Command command, int person, int dataset, Way way) implements Act {
        /** Which. */
        public enum Command {
            BLOCK_PERSON,
            BLOCK_AT_DATASET,
            BLOCK_IDENTITY,
            EXCEPTION,
            LIFT
        }
    }

    record Operator(Duty duty) implements Act {
        /** What an operator does between runs. */
        public enum Duty {
            ADOPT,
            RELEASE,
            RETRY_QUARANTINE,
            MAKE_PLAN
        }
    }

    /** A run of everything, or {@code approved}: of the plan that was made last. */
    record Run(boolean approved, Reading reading, Way way) implements Act {}

    /** From now on, for a time, a provider does not answer, or answers that it is asked too often. */
    record Weather(boolean gcp, boolean outage, Duration time) implements Act {}

    /** The machine's clock is off from now on, against the source's. */
    record Skew(Duration by) implements Act {}

    /** How the source reads when a run asks. */
    enum Reading {
        WELL,
        UNREADABLE,
        EMPTY,
        SHRUNK,
        STALE
    }

    /**
     * How a run goes.
     *
     * @param troubles what befalls it
     */
    record Way(List<Trouble> troubles) {
        public static final Way SMOOTH = new Way(List.of());
    }

    /**
     * @param at from which of the run's moments on: each provider call, commit and sleep is several
     */
    record Trouble(int at, Kind kind, Duration stall, List<Act> meanwhile) {
        /** What it is. */
        public enum Kind {
            /** The provider says that it can not now. */
            UNAVAILABLE,
            THROTTLED,
            /** The answer does not come; it was done. */
            LOST_DONE,
            /** The answer does not come; it was not done. */
            LOST_NOT_DONE,
            /** A read shows what was before the last write, where a provider does so. */
            STALE_READ,
            KILLED_BEFORE_CALL,
            KILLED_AFTER_CALL,
            KILLED_BEFORE_COMMIT,
            KILLED_AFTER_COMMIT,
            DISK_FULL,
            /** The process stands still, or the network is slow, and other things happen. */
            MEANWHILE
        }
    }
}
