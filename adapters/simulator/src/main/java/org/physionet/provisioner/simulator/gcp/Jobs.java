package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Queries that were submitted. Not part of the state. */
final class Jobs {
    /** The hidden dataset that keeps results, a table for each job; clients page through them as through any table. */
    static final String RESULTS = "_results";

    private final TreeMap<String, Job> jobs = new TreeMap<>();

    /** A query that is under way or done; what it will find is known from the start. */
    static final class Job {
        final String project;
        final String id;
        final String user;
        /** As sent. */
        final ObjectNode configuration;

        final Instant created;
        private final int polls;
        private int left;
        private Optional<QueryResult> result;
        private Optional<GoogleError> error;

        /** @param polls how often it must be looked at until it is done */
        Job(String project, String id, String user, ObjectNode configuration, Instant created, int polls) {
            this.project = project;
            this.id = id;
            this.user = user;
            this.configuration = configuration;
            this.created = created;
            this.polls = polls;
            this.left = polls;
            this.result = Optional.empty();
            this.error = Optional.empty();
        }

        void succeed(QueryResult found) {
            result = Optional.of(found);
        }

        void fail(GoogleError why) {
            error = Optional.of(why);
        }

        /** Ends a job that is not done; one that is done stays as it is. */
        void cancel() {
            if (left > 0) {
                left = 0;
                result = Optional.empty();
                error = Optional.of(
                        new GoogleError(400, "stopped", "Job execution was cancelled: User requested cancellation"));
            }
        }

        /** Somebody looks; the job goes on. */
        void look() {
            left = Math.max(0, left - 1);
        }

        boolean done() {
            return left == 0;
        }

        String state() {
            return done() ? "DONE" : left == polls ? "PENDING" : "RUNNING";
        }

        /** Why it failed, once it is done. */
        Optional<GoogleError> error() {
            return done() ? error : Optional.empty();
        }

        QueryResult result() {
            return result.orElseThrow(() -> new IllegalStateException("job " + id + " failed, so it has no result"));
        }
    }

    /** Whether the id was free. */
    boolean add(Job job) {
        return jobs.putIfAbsent(job.project + ":" + job.id, job) == null;
    }

    Optional<Job> find(String project, String id) {
        return Optional.ofNullable(jobs.get(project + ":" + id));
    }

    /** Newest first. */
    List<Job> of(String project) {
        return jobs.values().stream()
                .filter(job -> job.project.equals(project))
                .sorted((one, other) -> other.created.compareTo(one.created))
                .toList();
    }
}
