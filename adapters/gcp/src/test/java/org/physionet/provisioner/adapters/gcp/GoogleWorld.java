package org.physionet.provisioner.adapters.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.physionet.provisioner.adapters.contract.SimulatedWorld;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.settings.Settings;

/** Google, simulated: forty people exist, everybody else does not. Rivals edit over the REST API, as an administrator. */
abstract class GoogleWorld extends SimulatedWorld {
    static final String PROJECT = "physionet-data";
    private static final int PEOPLE = 40;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger resources = new AtomicInteger();

    GoogleWorld() {
        ObjectNode state = simulator().state();
        ArrayNode accounts = state.withObject("/gcp").putArray("accounts");
        for (int i = 0; i < PEOPLE; i++) {
            accounts.addObject().put("email", address(i));
        }
        simulator().load(state);
    }

    /** Gives the world more people, for crowds. */
    final void settle(int people) {
        ObjectNode state = simulator().state();
        ArrayNode accounts = state.withObject("/gcp").withArray("accounts");
        for (int i = PEOPLE; i < people; i++) {
            accounts.addObject().put("email", address(i));
        }
        simulator().load(state);
    }

    static String address(int person) {
        return "Person." + person + "@example.org";
    }

    final int next() {
        return resources.incrementAndGet();
    }

    @Override
    public AdapterProvider provider() {
        return new GcpAdapterProvider();
    }

    @Override
    public Settings settings() {
        return new Settings(
                "gcp",
                Map.of(
                        "project",
                        PROJECT,
                        "credentials",
                        "none",
                        "endpoint",
                        address().toString()),
                Path.of(""));
    }

    @Override
    public CloudAccount person(int number) {
        return new CloudAccount(CloudAccount.GOOGLE, address(number), Map.of(), null);
    }

    @Override
    public CloudAccount stranger(int number) {
        return new CloudAccount(CloudAccount.GOOGLE, "stranger" + number + "@example.com", Map.of(), null);
    }

    @Override
    public Trouble forbidden() {
        return Trouble.answer(403, "forbidden");
    }

    final ObjectNode call(String verb, String path, JsonNode body) {
        return call(verb, path, body, Map.of());
    }

    final ObjectNode call(String verb, String path, JsonNode body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .method(
                        verb,
                        body.isMissingNode()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        verb + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return response.body().isEmpty() ? object() : (ObjectNode) JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static JsonNode nothing() {
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    @Override
    public final void close() {
        http.close();
        super.close();
    }

    static final String CONDITION = "request.time < timestamp(\"2030-01-01T00:00:00Z\")";

    /** A bucket as the infrastructure makes them. */
    final String newBucket() {
        return newBucket(true);
    }

    final String newBucket(boolean uniform) {
        String name = "bucket-" + next();
        ObjectNode bucket = object().put("name", name);
        bucket.withObject("/iamConfiguration/uniformBucketLevelAccess").put("enabled", uniform);
        bucket.withObject("/iamConfiguration").put("publicAccessPrevention", "enforced");
        call("POST", "/storage/v1/b?project=" + PROJECT, bucket);
        return name;
    }

    final String newDataset() {
        String name = "dataset_" + next();
        ObjectNode dataset = object();
        dataset.putObject("datasetReference").put("projectId", PROJECT).put("datasetId", name);
        call("POST", "/bigquery/v2/projects/" + PROJECT + "/datasets", dataset);
        return PROJECT + "." + name;
    }

    /** Adds a member to a role's unconditioned binding of a bucket, by hand. */
    final void addToBucket(String bucket, String role, String member) {
        String iam = "/storage/v1/b/" + bucket + "/iam";
        ObjectNode policy = call("GET", iam + "?optionsRequestedPolicyVersion=3", nothing());
        ArrayNode bindings = policy.withArray("bindings");
        for (JsonNode binding : bindings) {
            if (binding.path("role").asText().equals(role) && !binding.has("condition")) {
                ((ArrayNode) binding.get("members")).add(member);
                call("PUT", iam, policy);
                return;
            }
        }
        bindings.addObject().put("role", role).putArray("members").add(member);
        call("PUT", iam, policy);
    }

    private static String datasetPath(String location) {
        return "/bigquery/v2/projects/" + PROJECT + "/datasets/" + location.substring(location.indexOf('.') + 1)
                + "?accessPolicyVersion=3";
    }

    final ArrayNode datasetEntries(String location) {
        return call("GET", datasetPath(location), nothing()).withArray("access");
    }

    final void putDatasetEntries(String location, ArrayNode entries) {
        ObjectNode dataset = object();
        dataset.set("access", entries);
        call("POST", datasetPath(location), dataset, Map.of("X-HTTP-Method-Override", "PATCH"));
    }
}
