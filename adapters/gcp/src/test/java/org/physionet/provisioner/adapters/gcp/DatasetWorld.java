package org.physionet.provisioner.adapters.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;

/** BigQuery datasets in the members layout. */
final class DatasetWorld extends GoogleWorld {
    private static ObjectNode view() {
        ObjectNode entry = object();
        entry.putObject("view").put("projectId", "p1-x").put("datasetId", "d").put("tableId", "v");
        return entry;
    }

    @Override
    public Resource newResource() {
        return GoogleBench.resource("bq://" + newDataset());
    }

    @Override
    public Resource missingResource() {
        return GoogleBench.resource("bq://" + PROJECT + ".no_such_dataset");
    }

    @Override
    public void rivalAddsForeign(Resource resource) {
        ArrayNode entries = datasetEntries(resource.id().location());
        entries.addObject().put("role", "READER").put("domain", "example.org");
        entries.add(view());
        ObjectNode limited = entries.addObject().put("role", "READER").put("userByEmail", address(30));
        limited.putObject("condition").put("title", "t").put("expression", CONDITION);
        putDatasetEntries(resource.id().location(), entries);
    }

    @Override
    public boolean hasForeign(Resource resource) {
        boolean domain = false;
        boolean view = false;
        boolean condition = false;
        for (JsonNode entry : datasetEntries(resource.id().location())) {
            domain |= entry.path("domain").asText().equals("example.org");
            view |= entry.equals(view());
            condition |= entry.path("condition").path("expression").asText().equals(CONDITION)
                    && entry.path("userByEmail").asText().equals(address(30));
        }
        return domain && view && condition;
    }

    @Override
    public void rivalAddsPerson(Resource resource, CloudAccount person) {
        ArrayNode entries = datasetEntries(resource.id().location());
        entries.addObject().put("role", "roles/bigquery.dataViewer").put("userByEmail", person.id());
        putDatasetEntries(resource.id().location(), entries);
    }

    /** Not 429: facts/gcp.md 2, row 12. */
    @Override
    public Trouble tooFast() {
        return Trouble.answer(403, "rateLimitExceeded");
    }

    @Override
    public String readMethod() {
        return "bigquery.datasets.get";
    }

    @Override
    public String writeMethod() {
        return "bigquery.datasets.patch";
    }
}
