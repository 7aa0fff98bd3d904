package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Queries that were run; all are done at once. Not part of the state. */
final class Jobs {
    private final Map<String, Job> jobs = new HashMap<>();

    /**
     * @param configuration as sent
     * @param schema of the result
     */
    record Job(
            String project,
            String id,
            String user,
            ObjectNode configuration,
            JsonNode schema,
            List<String> columns,
            List<ObjectNode> rows) {}

    void add(Job job) {
        jobs.put(job.project() + ":" + job.id(), job);
    }

    Optional<Job> find(String project, String id) {
        return Optional.ofNullable(jobs.get(project + ":" + id));
    }
}
