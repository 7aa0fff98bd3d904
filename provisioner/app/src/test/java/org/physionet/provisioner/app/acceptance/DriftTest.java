package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** Somebody edits a policy by hand: drift names each kind of edit, a run puts right what is the engine's, and nothing else. */
class DriftTest {
    private static final String POLICY = "/storage/v1/b/demo-iv-1.0.example.org/iam";
    private static final String VIEWER = "roles/storage.objectViewer";

    @TempDir
    Path folder;

    private FilesSite site;

    @BeforeEach
    void aSiteAtRest() throws Exception {
        site = new FilesSite(folder);
        site.done("run");
    }

    @AfterEach
    void end() {
        site.close();
    }

    private JsonNode policy() throws Exception {
        return FilesSite.JSON.readTree(site.send("GET", POLICY + "?optionsRequestedPolicyVersion=3", ""));
    }

    private void editPolicy(Consumer<ArrayNode> edit) throws Exception {
        ObjectNode policy = (ObjectNode) policy();
        edit.accept((ArrayNode) policy.get("bindings"));
        policy.put("version", 3);
        site.send("PUT", POLICY, policy.toString());
    }

    private static void drop(ArrayNode bindings, String member) {
        for (JsonNode binding : bindings) {
            ArrayNode members = (ArrayNode) binding.get("members");
            for (int i = members.size() - 1; i >= 0; i--) {
                if (members.get(i).asText().equals(member)) {
                    members.remove(i);
                }
            }
        }
        for (int i = bindings.size() - 1; i >= 0; i--) {
            if (bindings.get(i).get("members").isEmpty()) {
                bindings.remove(i);
            }
        }
    }

    private static void give(ArrayNode bindings, String role, String member) {
        bindings.addObject().put("role", role).putArray("members").add(member);
    }

    /** Every {@code finding principal} but what is usual; the exit code says whether there are any. */
    private TreeSet<String> drift() throws Exception {
        Program.Result result = site.run("drift", "--exit-code", "--output", "ndjson");
        TreeSet<String> found = new TreeSet<>();
        for (String line : result.out().lines().toList()) {
            JsonNode row = FilesSite.parse(line);
            if (!row.get("finding").asText().equals("usual")) {
                String about = row.get("principal").isNull()
                        ? row.get("reasons").path(0).asText()
                        : row.get("principal").asText();
                found.add(row.get("finding").asText() + " " + about);
            }
        }
        assertThat(result.code()).as(result.err()).isEqualTo(found.isEmpty() ? 0 : 4);
        return found;
    }

    private String membersOf(String role) throws Exception {
        TreeSet<String> members = new TreeSet<>();
        for (JsonNode binding : policy().get("bindings")) {
            if (binding.get("role").asText().equals(role)) {
                binding.get("members").forEach(m -> members.add(m.asText()));
            }
        }
        return members.stream().collect(Collectors.joining(" "));
    }

    @Test
    void afterACleanRunThereIsNoneAlthoughProvidersPutTheirOwnEntriesEverywhere() throws Exception {
        assertThat(drift()).isEmpty();
        String usual = site.run("drift", "--output", "ndjson").out();
        assertThat(usual).contains("\"usual\"", "projectViewer");
        assertThat(usual.lines().map(row -> FilesSite.parse(row).get("id").asText()))
                .doesNotHaveDuplicates();
    }

    @Test
    void whoIsMissingIsLetInAgainAndWhoIsExtraIsTakenOut() throws Exception {
        editPolicy(bindings -> {
            drop(bindings, FilesSite.ADA);
            give(bindings, VIEWER, "user:stranger@gmail.com");
        });
        assertThat(drift()).containsExactly("extra user:stranger@gmail.com", "missing " + FilesSite.ADA);
        site.done("run");
        assertThat(drift()).isEmpty();
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        assertThat(site.canRead("user:stranger@gmail.com", FilesSite.IV)).isFalse();
    }

    @Test
    void aLeaseWithoutItsEndIsWidenedAndGetsItsEndBack() throws Exception {
        editPolicy(bindings -> {
            drop(bindings, FilesSite.GRACE);
            give(bindings, VIEWER, FilesSite.GRACE);
        });
        assertThat(drift()).containsExactly("widened " + FilesSite.GRACE);
        Program.Result plan = site.run("plan", "--exit-code", "--output", "json");
        assertThat(plan.code()).isEqualTo(4);
        assertThat(FilesSite.json(plan).get("changes")).isEmpty();
        assertThat(FilesSite.json(plan).get("upkeep")).isNotEmpty();
        site.done("run");
        assertThat(drift()).isEmpty();
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isTrue();
        assertThat(site.run("audit", "events", "--type", "upkeep").out()).contains("proven");
    }

    @Test
    void aResearchersWiderRoleIsNamedAndLeftToItsOwner() throws Exception {
        editPolicy(bindings -> give(bindings, "roles/storage.objectAdmin", FilesSite.GRACE));
        assertThat(drift()).containsExactly("widened " + FilesSite.GRACE);
        site.done("run");
        assertThat(membersOf("roles/storage.objectAdmin")).contains(FilesSite.GRACE);
        assertThat(drift()).containsExactly("widened " + FilesSite.GRACE);
    }

    @Test
    void aDeadAccountIsTidiedAway() throws Exception {
        site.send("POST", "/_simulator/gcp/accounts", "{\"email\":\"grace@example.org\",\"status\":\"deleted\"}");
        assertThat(drift()).anyMatch(line -> line.startsWith("dead ") && line.contains("grace@example.org"));
        Program.Result run = site.run("run");
        assertThat(run.code()).as(run.err() + run.out()).isIn(0, 5);
        assertThat(membersOf(VIEWER)).doesNotContain("grace@example.org");
        assertThat(drift()).noneMatch(line -> line.startsWith("dead"));
    }

    @Test
    void whatLeavesTheCatalogIsAnOrphanAndKeepsItsReaders() throws Exception {
        site.catalog("datasets:\n  - id: demo-iv/1.0\n    resources: []\n");
        assertThat(drift()).anyMatch(line -> line.startsWith("orphan "));
        site.done("run");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        site.done("revoke", "ada", "--reason", "blocks still apply", "--yes");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
    }

    private static String catalog(String group) {
        return "datasets:\n  - id: demo-iv/1.0\n    resources:\n      - {gcs: demo-iv-1.0.example.org, layout: group, group: "
                + group + "}\n";
    }

    @Test
    void aGroupThatSomebodyTakesOutIsMissingAndOneOfAnEarlierCatalogIsAnOrphan() throws Exception {
        editPolicy(bindings -> {
            drop(bindings, "user:ada.lovelace@gmail.com");
            drop(bindings, "user:" + FilesSite.GRACE.substring(5));
        });
        site.catalog(catalog("readers@example.org"));
        site.done("run");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        editPolicy(bindings -> drop(bindings, "group:readers@example.org"));
        assertThat(drift()).anyMatch(line -> line.startsWith("missing ") && line.contains("grace"));
        site.done("run");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).as("restored").isTrue();

        site.catalog(catalog("others@example.org"));
        site.done("run");
        assertThat(drift()).anyMatch(line -> line.equals("orphan group:readers@example.org"));
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV))
                .as("nobody told it to go")
                .isTrue();
        editPolicy(bindings -> drop(bindings, "group:readers@example.org"));
        assertThat(drift()).noneMatch(line -> line.startsWith("orphan group:"));
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
    }

    @Test
    void whoReadsByAnotherWayIsAShadowWithThatWay() throws Exception {
        site.send("POST", "/v1/projects/demo-project:setIamPolicy", """
                {"policy":{"bindings":[{"role":"roles/storage.objectViewer","members":["user:boss@example.org"]}]}}""");
        editPolicy(bindings -> give(bindings, VIEWER, "allAuthenticatedUsers"));
        Program.Result result = site.run("drift", "--finding", "shadow", "--output", "ndjson");
        assertThat(result.out()).contains("user:boss@example.org", "projects/demo-project", "allAuthenticatedUsers");
        assertThat(site.canRead("user:boss@example.org", FilesSite.IV)).isTrue();
        site.done("run");
        assertThat(membersOf(VIEWER)).contains("allAuthenticatedUsers");
    }
}
