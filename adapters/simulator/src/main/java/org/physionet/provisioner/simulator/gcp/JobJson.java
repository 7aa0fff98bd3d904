package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.physionet.provisioner.simulator.Json;

/** The job resource, {@code bigquery#job}. */
final class JobJson {
    private JobJson() {}

    static ObjectNode shown(Jobs.Job job) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "bigquery#job");
        json.put("id", job.project + ":US." + job.id).put("user_email", job.user);
        reference(json.putObject("jobReference"), job);
        boolean load = job.configuration.has("load");
        ObjectNode configuration = job.configuration.deepCopy().put("jobType", load ? "LOAD" : "QUERY");
        if (!load && !configuration.path("query").has("destinationTable")) {
            configuration
                    .withObjectProperty("query")
                    .putObject("destinationTable")
                    .put("projectId", job.project)
                    .put("datasetId", Jobs.RESULTS)
                    .put("tableId", job.id);
        }
        json.set("configuration", configuration);
        ObjectNode status = json.putObject("status").put("state", job.state());
        job.error().ifPresent(error -> {
            status.set("errorResult", error(error));
            status.putArray("errors").add(error(error));
        });
        String created = String.valueOf(job.created.toEpochMilli());
        ObjectNode statistics = json.putObject("statistics").put("creationTime", created);
        if (!job.state().equals("PENDING")) {
            statistics.put("startTime", created);
        }
        if (job.done()) {
            statistics.put("endTime", created);
        }
        if (load && job.done() && job.error().isEmpty()) {
            statistics
                    .putObject("load")
                    .put("outputRows", String.valueOf(job.result().rows().size()));
        } else if (job.done() && job.error().isEmpty()) {
            String bytes = String.valueOf(job.result().bytes());
            statistics.put("totalBytesProcessed", bytes);
            statistics
                    .putObject("query")
                    .put("statementType", "SELECT")
                    .put("cacheHit", false)
                    .put("totalBytesProcessed", bytes);
        }
        return json;
    }

    static ObjectNode reference(ObjectNode json, Jobs.Job job) {
        return json.put("projectId", job.project).put("jobId", job.id).put("location", "US");
    }

    private static ObjectNode error(GoogleError error) {
        return Json.MAPPER.createObjectNode().put("reason", error.reason()).put("message", error.getMessage());
    }
}
