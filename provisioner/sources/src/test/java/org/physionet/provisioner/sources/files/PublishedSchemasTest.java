package org.physionet.provisioner.sources.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.engine.source.SourceUnreadableException;

/**
 * The published JSON Schemas and the reader take the same: sound files, and a great many broken in one place, made by
 * replacing every value in turn. What only the whole folder can show (an id twice, an unknown training) is not in them.
 */
class PublishedSchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String RESEARCHER = """
            {"id":"9","username":"ada","active":true,"credentialed":true,"credentialedAt":"2026-01-01T00:00:00Z","country":"US",
             "emails":["ada@example.org"],
             "certificates":[{"training":"ethics","state":"in review","processedAt":"2026-01-01T00:00:00.5+01:00"}],
             "agreements":[{"dataset":"vitals/1.0","signedAt":"2026-01-01T00:00:00Z"}],
             "approvals":[{"dataset":"notes/2.0","state":"accepted","decidedAt":"2026-01-01T00:00:00Z","length":"P14D"}],
             "accounts":[{"kind":"google","id":"ada@gmail.com","subject":"1"},{"kind":"toy","id":"x","unusable":"lost"},
              {"kind":"aws","id":"AIDAADA0123456789","account":"111122223333","arn":"arn:aws:iam::111122223333:user/ada"}]}
            """;
    private static final String DATASETS = """
            {"trainings":[{"id":"ethics","name":"Ethics","validity":"P3Y"}],
             "datasets":[{"id":"vitals/1.0","title":"Vitals","policy":"credentialed","trainings":["ethics"],"deprecated":false,
               "embargoedUntil":"2026-01-01T00:00:00Z","downloadsAllowed":true,"georestricted":false,
               "resources":[{"kind":"gcs","location":"vitals","options":{"layout":"members"}}]},
              {"id":"notes/2.0","requires":{"agreement":true,"credential":false,"approval":true,"trainings":["ethics"]}},
              {"id":"open/1.0","policy":"open"},{"id":"ecg/1.0","policy":"restricted"}]}
            """;
    private static final List<String> REPLACEMENTS = List.of(
            "null",
            "7",
            "true",
            "\"\"",
            "\"some text\"",
            "\"text\"",
            "[]",
            "{}",
            "[\"text\"]",
            "\"2026-11-01T12:00:00Z\"",
            "\"2026-11-01T12:00Z\"",
            "\"P1D\"",
            "\"PT1H30M\"",
            "\"P\"",
            "\"PT\"",
            "\"P1.5D\"",
            "\"open\"",
            "\"aws\"");

    @TempDir
    Path path;

    @Test
    void theReaderTakesExactlyTheResearchersThatTheSchemaTakes() throws Exception {
        JsonSchema schema = schema("source-researcher");
        List<String> disagreements = new ArrayList<>();
        int tried = 0;
        for (JsonNode line : variants(RESEARCHER)) {
            tried++;
            boolean valid = schema.validate(line).isEmpty();
            if (valid != taken("researchers.ndjson", line)) {
                disagreements.add((valid ? "only the schema takes " : "only the reader takes ") + line);
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(tried).isGreaterThan(500);
    }

    @Test
    void theReaderTakesExactlyTheDatasetsThatTheSchemaTakes() throws Exception {
        JsonSchema schema = schema("source-datasets");
        List<String> disagreements = new ArrayList<>();
        int tried = 0;
        for (JsonNode file : variants(DATASETS)) {
            // Unknown trainings are no matter of the schema: make every training that is named known.
            if (mentionsUnknownTraining(file)) {
                continue;
            }
            tried++;
            boolean valid = schema.validate(file).isEmpty();
            if (valid != taken("datasets.yaml", file)) {
                disagreements.add((valid ? "only the schema takes " : "only the reader takes ") + file);
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(tried).isGreaterThan(400);
    }

    @Test
    void theDemosSiteFollowsTheSchemas() throws Exception {
        JsonSchema researcher = schema("source-researcher");
        String lines = resource("/demo-site/researchers.ndjson");
        for (String line : lines.lines().toList()) {
            assertThat(researcher.validate(JSON.readTree(line))).as(line).isEmpty();
        }
        assertThat(schema("source-datasets").validate(YAML.readTree(resource("/demo-site/datasets.yaml"))))
                .isEmpty();
    }

    private boolean taken(String file, JsonNode content) throws IOException {
        TestFolder folder = new TestFolder(path).write(file, content.toString());
        if (file.startsWith("datasets")) {
            folder.write("researchers.ndjson", "");
        }
        try {
            return folder.read().badRows().isEmpty();
        } catch (SourceUnreadableException e) {
            return false;
        }
    }

    private static boolean mentionsUnknownTraining(JsonNode file) {
        List<String> known = file.path("trainings").findValuesAsText("id");
        List<JsonNode> named = new ArrayList<>();
        for (JsonNode dataset : file.path("datasets")) {
            dataset.path("trainings").forEach(named::add);
            dataset.path("requires").path("trainings").forEach(named::add);
        }
        return named.stream().anyMatch(n -> n.isTextual() && !known.contains(n.textValue()));
    }

    /** The document, and every document that differs in one value replaced, one field removed or one unknown field added. */
    private static List<JsonNode> variants(String text) throws IOException {
        List<JsonNode> variants = new ArrayList<>();
        variants.add(JSON.readTree(text));
        int places = count(JSON.readTree(text));
        for (int place = 0; place < places; place++) {
            for (String replacement : REPLACEMENTS) {
                JsonNode value = JSON.readTree(replacement);
                variants.add(changed(text, place, (parent, key) -> set(parent, key, value)));
            }
            variants.add(changed(text, place, (parent, key) -> {
                if (parent instanceof ObjectNode object) {
                    object.remove((String) key);
                }
            }));
            variants.add(changed(text, place, (parent, key) -> {
                if (parent instanceof ObjectNode object) {
                    object.put("surplus", 1);
                }
            }));
        }
        return variants;
    }

    private static JsonNode changed(String text, int place, BiConsumer<JsonNode, Object> change) throws IOException {
        JsonNode document = JSON.readTree(text);
        visit(document, new int[] {place}, change);
        return document;
    }

    private static int count(JsonNode document) {
        int[] left = {Integer.MAX_VALUE};
        visit(document, left, (parent, key) -> {});
        return Integer.MAX_VALUE - left[0];
    }

    private static void visit(JsonNode node, int[] left, BiConsumer<JsonNode, Object> change) {
        List<Object> keys = new ArrayList<>();
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(keys::add);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                keys.add(i);
            }
        }
        for (Object key : keys) {
            if (left[0]-- == 0) {
                change.accept(node, key);
                return;
            }
            visit(key instanceof Integer at ? node.get(at) : node.get((String) key), left, change);
            if (left[0] < 0) {
                return;
            }
        }
    }

    private static void set(JsonNode parent, Object key, JsonNode value) {
        if (parent instanceof ObjectNode object) {
            object.set((String) key, value);
        } else if (parent instanceof ArrayNode array) {
            array.set((Integer) key, value);
        }
    }

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(resource("/schema/" + name + ".schema.json"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream content = PublishedSchemasTest.class.getResourceAsStream(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
