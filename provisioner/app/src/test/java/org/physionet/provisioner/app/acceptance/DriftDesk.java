package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** A small site, what drifts at one resource of it, and decisions about that by the command line. */
final class DriftDesk implements AutoCloseable {
    private static final String BUCKET = "/storage/v1/b/demo-iv-1.0.example.org/iam";

    final FilesSite site;
    private String provider = "gcp";

    DriftDesk(Path folder) throws Exception {
        site = new FilesSite(folder);
    }

    String provider() {
        return provider;
    }

    /** The site with one resource, as a run leaves it. */
    void atRest(String cloud, String place) throws Exception {
        catalog(cloud, place);
        site.done("run", "--provider", provider);
    }

    /** The site with one resource, before a run. */
    void catalog(String cloud, String place) throws Exception {
        provider = cloud;
        site.catalog("datasets:\n  - id: demo-iv/1.0\n    resources:\n      - " + place + "\n");
    }

    void editBucket(Consumer<ArrayNode> edit) throws Exception {
        ObjectNode policy =
                (ObjectNode) FilesSite.JSON.readTree(site.send("GET", BUCKET + "?optionsRequestedPolicyVersion=3", ""));
        edit.accept((ArrayNode) policy.get("bindings"));
        policy.put("version", 3);
        site.send("PUT", BUCKET, policy.toString());
    }

    static void give(ArrayNode bindings, String role, String member) {
        bindings.addObject().put("role", role).putArray("members").add(member);
    }

    /** Takes a member out wherever the lists of an array of entries have them, and entries without any. */
    static void drop(ArrayNode entries, String list, String member) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            ArrayNode members = (ArrayNode) entries.get(i).get(list);
            for (int j = members.size() - 1; j >= 0; j--) {
                if (members.get(j).asText().equals(member)) {
                    members.remove(j);
                }
            }
            if (members.isEmpty()) {
                entries.remove(i);
            }
        }
    }

    List<JsonNode> rows() {
        return site.run("drift", "--provider", provider, "--output", "ndjson")
                .out()
                .lines()
                .map(FilesSite::parse)
                .filter(row -> !row.get("finding").asText().equals("usual"))
                .toList();
    }

    /** {@code finding principal}, with a star where it is ignored. */
    TreeSet<String> drift() {
        TreeSet<String> found = new TreeSet<>();
        rows().forEach(row -> found.add(row.get("finding").asText() + " "
                + row.get("principal").asText("-") + (row.get("ignored").isNull() ? "" : " *")));
        return found;
    }

    String id(String finding, String principal) {
        return rows().stream()
                .filter(row -> row.get("finding").asText().equals(finding)
                        && row.get("principal").asText("-").equals(principal))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + finding + " " + principal + " in " + drift()))
                .get("id")
                .asText();
    }

    Program.Result decide(String choice, String finding, String principal, String... more) {
        List<String> args =
                new ArrayList<>(List.of("drift", choice, id(finding, principal), "--reason", "ticket 118", "--yes"));
        args.addAll(List.of("--output", "json", "--provider", provider));
        args.addAll(List.of(more));
        return site.run(args.toArray(String[]::new));
    }

    void done(String outcome, String choice, String finding, String principal, String... more) {
        Program.Result result = decide(choice, finding, principal, more);
        assertThat(result.code()).as(result.err() + result.out()).isZero();
        assertThat(FilesSite.json(result).get("outcome").asText()).isEqualTo(outcome);
    }

    void refused(String choice, String finding, String principal) {
        long before = site.writes();
        Program.Result result = decide(choice, finding, principal);
        assertThat(result.code())
                .as(choice + " " + finding + "\n" + result.err())
                .isEqualTo(2);
        assertThat(result.err()).contains("nothing was touched");
        assertThat(site.writes()).isEqualTo(before);
    }

    List<String> told() {
        return site.done("audit", "events", "--type", "drift_decided", "--output", "ndjson")
                .out()
                .lines()
                .map(FilesSite::parse)
                .map(event -> FilesSite.parse(event.get("what").asText()))
                .map(what ->
                        what.get("choice").asText() + " " + what.get("kind").asText() + " "
                                + what.get("principal").asText("-"))
                .toList();
    }

    @Override
    public void close() {
        site.close();
    }
}
