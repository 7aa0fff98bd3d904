package org.physionet.provisioner.app.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.RunRecord;

/** What an auditor asks of the record. Spans include both ends. */
public sealed interface Question {
    /** The question in words. */
    String text();

    /** Who could read a dataset at some moment of a span. */
    record WhoCouldRead(DatasetId dataset, Instant since, Instant until) implements Question {
        @Override
        public String text() {
            return "Who could read " + dataset
                    + (since.equals(until) ? " at " + second(until) : " " + span(since, until));
        }
    }

    /**
     * Everything that somebody ever held.
     *
     * @param username last known; null: unknown or erased
     */
    record WhatWasHeld(ResearcherId researcher, @Nullable String username) implements Question {
        @Override
        public String text() {
            return "What researcher " + researcher + (username == null ? "" : " (" + username + ")") + " ever held";
        }
    }

    /** Everything that an actor did, or had done. */
    record WhatWasDone(String actor, Instant since, Instant until) implements Question {
        @Override
        public String text() {
            return "What " + actor + " did, " + span(since, until);
        }
    }

    /** What a run did, and why. */
    record WhatARunDid(RunRecord run) implements Question {
        @Override
        public String text() {
            return "What run " + run.id() + " did, and why";
        }
    }

    private static String span(Instant since, Instant until) {
        return (since.equals(Instant.EPOCH) ? "from the beginning" : "from " + second(since)) + " to " + second(until);
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
