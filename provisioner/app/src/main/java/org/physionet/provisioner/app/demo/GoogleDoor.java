package org.physionet.provisioner.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Google's JSON APIs as an administrator (no token) and as a researcher (their token) call them. */
final class GoogleDoor {
    private static final String FILE = "README.txt";
    private static final String ROLE = "roles/storage.objectViewer";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;

    GoogleDoor(URI address) {
        this.address = address;
    }

    /** A bucket with uniform access, one file, and a reader of somebody else's that is not the engine's business. */
    void makeBucket(String bucket) throws IOException, InterruptedException {
        ObjectNode body = json.createObjectNode().put("name", bucket);
        body.putObject("iamConfiguration").putObject("uniformBucketLevelAccess").put("enabled", true);
        send("POST", "/storage/v1/b?project=" + DemoClouds.PROJECT, body.toString());
        send("POST", "/upload/storage/v1/b/" + bucket + "/o?uploadType=media&name=" + FILE, "the data of " + bucket);
        add(bucket, "serviceAccount:backup@" + DemoClouds.PROJECT + ".iam.gserviceaccount.com");
    }

    /** A dataset with one table of one row; PROJECT.DATASET. */
    void makeDataset(String name) throws IOException, InterruptedException {
        String[] parts = name.split("\\.");
        String all = "/bigquery/v2/projects/" + parts[0] + "/datasets";
        ObjectNode dataset = json.createObjectNode();
        dataset.putObject("datasetReference").put("projectId", parts[0]).put("datasetId", parts[1]);
        send("POST", all, dataset.toString());
        ObjectNode table = json.createObjectNode();
        table.putObject("tableReference")
                .put("projectId", parts[0])
                .put("datasetId", parts[1])
                .put("tableId", "patients");
        table.putObject("schema")
                .putArray("fields")
                .addObject()
                .put("name", "age")
                .put("type", "INTEGER");
        send("POST", all + "/" + parts[1] + "/tables", table.toString());
        ObjectNode rows = json.createObjectNode();
        rows.putArray("rows").addObject().putObject("json").put("age", 61);
        send("POST", all + "/" + parts[1] + "/tables/patients/insertAll", rows.toString());
    }

    boolean readsObject(String email, String bucket) throws IOException, InterruptedException {
        return get(email, "/storage/v1/b/" + bucket + "/o/" + FILE + "?alt=media") == 200;
    }

    boolean readsTable(String email, String name) throws IOException, InterruptedException {
        String[] parts = name.split("\\.");
        return get(email, "/bigquery/v2/projects/" + parts[0] + "/datasets/" + parts[1] + "/tables/patients/data")
                == 200;
    }

    /** Somebody edits the bucket's policy by hand, as the console would: read, add a reader, write. */
    void add(String bucket, String member) throws IOException, InterruptedException {
        ObjectNode policy = policy(bucket);
        ArrayNode bindings = policy.withArray("/bindings");
        for (var binding : bindings) {
            if (binding.path("role").asText().equals(ROLE) && !binding.has("condition")) {
                ((ArrayNode) binding.path("members")).add(member);
                send("PUT", "/storage/v1/b/" + bucket + "/iam", policy.toString());
                return;
            }
        }
        bindings.addObject().put("role", ROLE).putArray("members").add(member);
        send("PUT", "/storage/v1/b/" + bucket + "/iam", policy.toString());
    }

    boolean policyHas(String bucket, String member) throws IOException, InterruptedException {
        return policy(bucket).toString().contains("\"" + member + "\"");
    }

    private ObjectNode policy(String bucket) throws IOException, InterruptedException {
        String path = "/storage/v1/b/" + bucket + "/iam?optionsRequestedPolicyVersion=3";
        return (ObjectNode) json.readTree(send("GET", path, ""));
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", path.startsWith("/upload/") ? "text/plain" : "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private int get(String email, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + email)
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }
}
