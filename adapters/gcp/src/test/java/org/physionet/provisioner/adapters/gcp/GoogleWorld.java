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
import org.physionet.provisioner.engine.model.Resource;
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
                Map.of("project", PROJECT, "credentials", "none", "endpoint", address().toString()),
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
                throw new IllegalStateException(verb + " " + path + ": " + response.statusCode() + " " + response.body());
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

    /** Buckets in the members layout. */
    static final class Buckets extends GoogleWorld {
        private static final String FOREIGN = "group:curators@example.org";

        Buckets() {
            call("POST", "/admin/directory/v1/groups", object().put("email", "curators@example.org"));
        }

        @Override
        public Resource newResource() {
            String name = "bucket-" + next();
            ObjectNode bucket = object().put("name", name);
            bucket.withObject("/iamConfiguration/uniformBucketLevelAccess").put("enabled", true);
            call("POST", "/storage/v1/b?project=" + PROJECT, bucket);
            return GoogleBench.resource("gs://" + name);
        }

        @Override
        public Resource missingResource() {
            return GoogleBench.resource("gs://no-such-bucket");
        }

        private static String iam(Resource resource) {
            return "/storage/v1/b/" + resource.id().location() + "/iam";
        }

        private ObjectNode policy(Resource resource) {
            return call("GET", iam(resource) + "?optionsRequestedPolicyVersion=3", nothing());
        }

        private void add(Resource resource, String role, String member) {
            ObjectNode policy = policy(resource);
            ArrayNode bindings = policy.withArray("bindings");
            for (JsonNode binding : bindings) {
                if (binding.path("role").asText().equals(role) && !binding.has("condition")) {
                    ((ArrayNode) binding.get("members")).add(member);
                    call("PUT", iam(resource), policy);
                    return;
                }
            }
            bindings.addObject().put("role", role).putArray("members").add(member);
            call("PUT", iam(resource), policy);
        }

        @Override
        public void rivalAddsForeign(Resource resource) {
            add(resource, "roles/storage.objectViewer", FOREIGN);
            ObjectNode policy = policy(resource).put("version", 3);
            ObjectNode binding = policy.withArray("bindings").addObject().put("role", "roles/storage.objectViewer");
            binding.putArray("members").add("user:" + address(30));
            binding.putObject("condition").put("title", "until 2030").put("expression", CONDITION);
            call("PUT", iam(resource), policy);
        }

        private static final String CONDITION = "request.time < timestamp(\"2030-01-01T00:00:00Z\")";

        @Override
        public boolean hasForeign(Resource resource) {
            boolean group = false;
            boolean condition = false;
            for (JsonNode binding : policy(resource).path("bindings")) {
                String members = binding.path("members").toString();
                group |= !binding.has("condition") && members.contains(FOREIGN);
                condition |= binding.path("condition").path("expression").asText().equals(CONDITION)
                        && members.equals("[\"user:" + address(30) + "\"]");
            }
            return group && condition;
        }

        @Override
        public void rivalAddsPerson(Resource resource, CloudAccount person) {
            add(resource, "roles/storage.objectViewer", "user:" + person.id());
        }

        @Override
        public String readMethod() {
            return "storage.buckets.getIamPolicy";
        }

        @Override
        public String writeMethod() {
            return "storage.buckets.setIamPolicy";
        }
    }

    /** BigQuery datasets in the members layout. */
    static final class Datasets extends GoogleWorld {
        private static ObjectNode view() {
            ObjectNode entry = object();
            entry.putObject("view").put("projectId", "p1-x").put("datasetId", "d").put("tableId", "v");
            return entry;
        }

        private static String path() {
            return "/bigquery/v2/projects/" + PROJECT + "/datasets";
        }

        private static String path(Resource resource) {
            String location = resource.id().location();
            return path() + "/" + location.substring(location.indexOf('.') + 1);
        }

        @Override
        public Resource newResource() {
            String name = "dataset_" + next();
            ObjectNode dataset = object();
            dataset.putObject("datasetReference").put("projectId", PROJECT).put("datasetId", name);
            call("POST", path(), dataset);
            return GoogleBench.resource("bq://" + PROJECT + "." + name);
        }

        @Override
        public Resource missingResource() {
            return GoogleBench.resource("bq://" + PROJECT + ".no_such_dataset");
        }

        private ArrayNode entries(Resource resource) {
            return call("GET", path(resource) + "?accessPolicyVersion=3", nothing()).withArray("access");
        }

        private void put(Resource resource, ArrayNode entries) {
            ObjectNode dataset = object();
            dataset.set("access", entries);
            call(
                    "POST",
                    path(resource) + "?accessPolicyVersion=3",
                    dataset,
                    Map.of("X-HTTP-Method-Override", "PATCH"));
        }

        @Override
        public void rivalAddsForeign(Resource resource) {
            ArrayNode entries = entries(resource);
            entries.addObject().put("role", "READER").put("domain", "example.org");
            entries.add(view());
            ObjectNode limited = entries.addObject().put("role", "READER").put("userByEmail", address(30));
            limited.putObject("condition").put("title", "t").put("expression", Buckets.CONDITION);
            put(resource, entries);
        }

        @Override
        public boolean hasForeign(Resource resource) {
            boolean domain = false;
            boolean view = false;
            boolean condition = false;
            for (JsonNode entry : entries(resource)) {
                domain |= entry.path("domain").asText().equals("example.org");
                view |= entry.equals(view());
                condition |= entry.path("condition").path("expression").asText().equals(Buckets.CONDITION)
                        && entry.path("userByEmail").asText().equals(address(30));
            }
            return domain && view && condition;
        }

        @Override
        public void rivalAddsPerson(Resource resource, CloudAccount person) {
            ArrayNode entries = entries(resource);
            entries.addObject().put("role", "roles/bigquery.dataViewer").put("userByEmail", person.id());
            put(resource, entries);
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
}
