package org.physionet.provisioner.app.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What people had put at a bucket and at a BigQuery dataset by hand before the engine came. */
final class HandMade {
    private static final String DATASET = "mimiciv/3.1";
    private static final String POLICY = "/storage/v1/b/" + WorkingSite.bucket(DATASET) + "/iam";
    private static final String ACCESS = "/bigquery/v2/projects/physionet-data/datasets/" + WorkingSite.table(DATASET);
    private static final String READER = "roles/storage.objectViewer";

    private HandMade() {}

    static void fill(WorkingSite site, List<String> readers) throws Exception {
        fillBucket(site, readers);
        fillDataset(site, readers);
    }

    private static void fillBucket(WorkingSite site, List<String> readers) throws Exception {
        ObjectNode policy = bucketPolicy(site);
        ArrayNode bindings = (ArrayNode) policy.get("bindings");
        ArrayNode members = bindings.addObject().put("role", READER).putArray("members");
        readers.forEach(members::add);
        members.add("serviceAccount:etl@physionet-data.iam.gserviceaccount.com").add("group:staff@example.org");
        bindings.addObject()
                .put("role", "roles/storage.objectAdmin")
                .putArray("members")
                .add("user:admin@example.org");
        ObjectNode limited = bindings.addObject().put("role", READER);
        limited.putArray("members").add("user:visitor@gmail.com");
        limited.putObject("condition")
                .put("title", "until 2090")
                .put("expression", "request.time < timestamp(\"2090-01-01T00:00:00Z\")");
        policy.put("version", 3);
        site.send(POLICY, "PUT", policy.toString());
    }

    private static ObjectNode bucketPolicy(WorkingSite site) throws Exception {
        return (ObjectNode) WorkingSite.JSON.readTree(site.get(POLICY + "?optionsRequestedPolicyVersion=3"));
    }

    private static void fillDataset(WorkingSite site, List<String> readers) throws Exception {
        ArrayNode access = (ArrayNode) WorkingSite.JSON
                .readTree(site.get(ACCESS + "?accessPolicyVersion=3"))
                .get("access");
        readers.forEach(r -> access.addObject().put("role", "READER").put("userByEmail", r.substring(5)));
        access.addObject().put("role", "READER").put("userByEmail", "etl@physionet-data.iam.gserviceaccount.com");
        access.addObject().put("role", "READER").put("groupByEmail", "staff@example.org");
        access.addObject().put("role", "WRITER").put("userByEmail", "admin@example.org");
        access.addObject().put("role", "READER").put("domain", "example.org");
        site.send(
                ACCESS,
                "PATCH",
                WorkingSite.JSON.createObjectNode().set("access", access).toString());
    }

    /** Everything at both resources that is no person's reading entry, plain or leased by us, as the providers show it, plus the curator. */
    static String foreign(WorkingSite site, String curator) throws Exception {
        Set<String> entries = new TreeSet<>();
        for (JsonNode binding : bucketPolicy(site).get("bindings")) {
            boolean free = !binding.has("condition")
                    || binding.at("/condition/title").asText().startsWith("provisioner lease");
            boolean ours = binding.get("role").asText().equals(READER) && free;
            binding.get("members").forEach(member -> {
                if (!ours
                        || !member.asText().startsWith("user:")
                        || member.asText().equals(curator)) {
                    entries.add(binding.get("role") + " " + member + " " + binding.get("condition"));
                }
            });
        }
        for (JsonNode entry : WorkingSite.JSON
                .readTree(site.get(ACCESS + "?accessPolicyVersion=3"))
                .get("access")) {
            String address = entry.path("userByEmail").asText();
            if (!entry.path("role").asText().equals("READER")
                    || address.isEmpty()
                    || address.endsWith("gserviceaccount.com")
                    || address.equals(curator.substring(5))) {
                entries.add(entry.toString());
            }
        }
        return String.join("\n", entries);
    }
}
