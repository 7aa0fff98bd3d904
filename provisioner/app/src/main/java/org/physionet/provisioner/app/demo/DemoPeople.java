package org.physionet.provisioner.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The people of the demo's site, as its files have them: read for the proofs, edited when life happens. */
final class DemoPeople {
    private final Path file;
    private final ObjectMapper json = new ObjectMapper();
    private final List<ObjectNode> people = new ArrayList<>();

    DemoPeople(Path file) throws IOException {
        this.file = file;
        for (String line : Files.readAllLines(file)) {
            people.add((ObjectNode) json.readTree(line));
        }
    }

    int size() {
        return people.size();
    }

    /** Every usable identity that is linked now. */
    List<Identity> linked() {
        List<Identity> all = new ArrayList<>();
        for (ObjectNode person : people) {
            for (JsonNode account : person.path("accounts")) {
                if (!account.has("unusable")) {
                    all.add(identity(person, account));
                }
            }
        }
        return all;
    }

    /** Every identity, also those that give no access. */
    List<Identity> all() {
        List<Identity> all = new ArrayList<>();
        people.forEach(p -> p.path("accounts").forEach(account -> all.add(identity(p, account))));
        return all;
    }

    private static Identity identity(JsonNode person, JsonNode account) {
        return new Identity(
                person.path("id").asText(),
                account.path("kind").asText(),
                account.path("id").asText(),
                account.path("arn").asText());
    }

    String username(String id) {
        return people.stream()
                .filter(p -> p.path("id").asText().equals(id))
                .map(p -> p.path("username").asText())
                .findFirst()
                .orElse("stranger");
    }

    private ObjectNode person(String username) {
        return people.stream()
                .filter(p -> p.path("username").asText().equals(username))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the demo's site has no " + username));
    }

    void signs(String username, String dataset, Instant at) {
        person(username)
                .withArray("/agreements")
                .addObject()
                .put("dataset", dataset)
                .put("signedAt", at.toString());
    }

    void losesCredential(String username) {
        person(username).put("credentialed", false).remove("credentialedAt");
    }

    /** The report is as old as its validity: it runs out. */
    void trainingLapses(String username, String training, Instant processedAt) {
        for (JsonNode certificate : person(username).withArray("/certificates")) {
            if (certificate.path("training").asText().equals(training)) {
                ((ObjectNode) certificate).put("processedAt", processedAt.toString());
            }
        }
    }

    void replacesGoogleAccount(String username, String address) {
        for (JsonNode account : (ArrayNode) person(username).path("accounts")) {
            if (account.path("kind").asText().equals("google")) {
                ((ObjectNode) account).put("id", address);
            }
        }
        ArrayNode emails = person(username).withArray("/emails");
        boolean known = false;
        for (JsonNode email : emails) {
            known |= email.asText().equals(address);
        }
        if (!known) {
            emails.add(address);
        }
    }

    void save() throws IOException {
        List<String> lines = people.stream().map(ObjectNode::toString).toList();
        Files.write(file, lines);
    }
}
