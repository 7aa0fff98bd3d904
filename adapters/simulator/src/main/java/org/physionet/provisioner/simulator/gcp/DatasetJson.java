package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** The dataset resource, {@code bigquery#dataset}. */
final class DatasetJson {
    private static final List<String> COMPUTED = List.of(
            "kind", "etag", "id", "selfLink", "datasetReference", "creationTime", "lastModifiedTime", "access", "type");

    private DatasetJson() {}

    /** What of a sent dataset the owner decides, without the access list. */
    static ObjectNode settable(ObjectNode body) {
        return body.deepCopy().without(COMPUTED);
    }

    /** @param version of the policy: below 3, conditions become a mark at the end of the role */
    static ObjectNode shown(BqDataset dataset, long version, boolean withAccess) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("kind", "bigquery#dataset").put("etag", dataset.etag()).put("id", dataset.name());
        json.put(
                "selfLink",
                "https://bigquery.googleapis.com/bigquery/v2/projects/" + dataset.project + "/datasets/" + dataset.id);
        reference(json.putObject("datasetReference"), dataset);
        json.put("location", "US");
        json.setAll(dataset.metadata.deepCopy());
        if (withAccess) {
            ArrayNode access = json.putArray("access");
            dataset.access.stored().entries().forEach(entry -> access.add(shownEntry(entry, version)));
        }
        json.put("creationTime", String.valueOf(dataset.created.toEpochMilli()));
        json.put("lastModifiedTime", String.valueOf(dataset.modified.toEpochMilli()));
        return json.put("type", "DEFAULT");
    }

    static ObjectNode reference(ObjectNode json, BqDataset dataset) {
        return json.put("datasetId", dataset.id).put("projectId", dataset.project);
    }

    static Response answer(ObjectNode shown) {
        return new Response(
                200,
                Map.of(
                        "Content-Type",
                        "application/json; charset=UTF-8",
                        "ETag",
                        shown.path("etag").asText()),
                Json.text(shown).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static ObjectNode shownEntry(ObjectNode entry, long version) {
        ObjectNode shown = entry.deepCopy();
        if (version < 3 && entry.get("condition") instanceof ObjectNode condition) {
            Condition read = Condition.read(Fields.of("condition", condition));
            shown.put(
                    "role",
                    AccessEntry.fullRole(entry.path("role").asText()) + "_with_conditionalbinding_" + read.hash());
            shown.remove("condition");
        }
        return shown;
    }
}
