package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** Somebody decides about each kind of drift on each kind of resource at Google: it is done, proven, recorded, and nothing beside it moves. */
class DriftDecisionsTest {
    private static final String BUCKET = "/storage/v1/b/demo-iv-1.0.example.org/iam";
    private static final String TABLES =
            "/bigquery/v2/projects/demo-project/datasets/demo_iv_1_0?accessPolicyVersion=3";
    private static final String VIEWER = "roles/storage.objectViewer";
    private static final String ADMIN = "roles/storage.objectAdmin";
    private static final String STRANGER = "user:stranger@gmail.com";
    private static final String EDSGER = "user:edsger@example.org";

    @TempDir
    Path folder;

    private DriftDesk desk;
    private FilesSite site;

    @BeforeEach
    void aSite() throws Exception {
        desk = new DriftDesk(folder);
        site = desk.site;
    }

    @AfterEach
    void end() {
        desk.close();
    }

    @Test
    void atABucketEachEdgeAndEachWiderRoleIsDecidedAboutByItself() throws Exception {
        desk.atRest("gcp", "gcs: demo-iv-1.0.example.org");
        desk.editBucket(bindings -> {
            DriftDesk.drop(bindings, "members", FilesSite.ADA);
            DriftDesk.give(bindings, VIEWER, STRANGER);
            DriftDesk.give(bindings, VIEWER, EDSGER);
            DriftDesk.give(bindings, ADMIN, FilesSite.GRACE);
            DriftDesk.give(bindings, ADMIN, "user:boss@example.org");
            DriftDesk.give(bindings, VIEWER, "allAuthenticatedUsers");
            DriftDesk.give(bindings, "roles/storage.admin", "user:root@example.org");
        });
        assertThat(desk.drift())
                .containsExactly(
                        "extra " + EDSGER,
                        "extra " + STRANGER,
                        "missing " + FilesSite.ADA,
                        "shadow allAuthenticatedUsers",
                        "shadow user:boss@example.org",
                        "shadow user:root@example.org",
                        "widened " + FilesSite.GRACE);
        desk.refused("restore", "extra", STRANGER);
        desk.refused("remove", "shadow", "user:root@example.org");
        assertThat(desk.told()).isEmpty();
        assertThat(site.run("drift", "restore", desk.id("missing", FilesSite.ADA), "--reason", "r")
                        .code())
                .as("nobody can be asked")
                .isEqualTo(2);
        assertThat(desk.decide("restore", "missing", FilesSite.ADA, "--reason", " ")
                        .code())
                .as("without a reason")
                .isEqualTo(2);

        String ada = desk.id("missing", FilesSite.ADA);
        desk.done("recorded", "adopt", "extra", STRANGER);
        assertThat(desk.rows().stream()
                        .filter(row -> row.get("finding").asText().equals("extra"))
                        .map(row -> row.get("principal").asText() + " "
                                + row.get("recorded").asText("-")))
                .as("what was adopted is in the record, and the other is not")
                .containsExactlyInAnyOrder(STRANGER + " granted", EDSGER + " -");
        desk.done("proven", "restore", "missing", FilesSite.ADA);
        desk.done("proven", "restore", "widened", FilesSite.GRACE);
        desk.done("proven", "remove", "shadow", "allAuthenticatedUsers");
        assertThat(desk.drift())
                .containsExactly(
                        "extra " + EDSGER,
                        "extra " + STRANGER,
                        "shadow user:boss@example.org",
                        "shadow user:root@example.org");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        assertThat(site.canRead(FilesSite.GRACE, FilesSite.IV)).isTrue();
        assertThat(site.canRead(STRANGER, FilesSite.IV)).isTrue();

        Program.Result again = site.run("drift", "restore", ada, "--reason", "r", "--yes");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("no finding \"" + ada, "extra " + STRANGER, "nothing was touched");

        desk.done("proven", "remove", "extra", STRANGER);
        assertThat(site.canRead(STRANGER, FilesSite.IV)).isFalse();
        assertThat(site.canRead(EDSGER, FilesSite.IV)).as("beside it").isTrue();
        assertThat(desk.told())
                .containsExactly(
                        "adopt extra " + STRANGER,
                        "restore missing " + FilesSite.ADA,
                        "restore widened " + FilesSite.GRACE,
                        "remove shadow allAuthenticatedUsers",
                        "remove extra " + STRANGER);
        assertThat(site.done("audit", "report", "--run", "last", "--output", "json")
                        .out())
                .as("what it did and why")
                .contains("drift_decided", "ticket 118", "unknown_principal");
        site.ledgerIsWhole();
    }

    @Test
    void whatIsIgnoredIsShownAsThatAndComesBackWhenItChanges() throws Exception {
        desk.atRest("gcp", "gcs: demo-iv-1.0.example.org");
        desk.editBucket(bindings -> {
            DriftDesk.drop(bindings, "members", FilesSite.GRACE);
            DriftDesk.give(bindings, VIEWER, FilesSite.GRACE);
            DriftDesk.give(bindings, ADMIN, "user:boss@example.org");
        });
        String tomorrow = Instant.now().plusSeconds(86_400).toString().substring(0, 10);
        desk.done("recorded", "ignore", "widened", FilesSite.GRACE);
        desk.done("recorded", "ignore", "shadow", "user:boss@example.org", "--until", tomorrow);
        assertThat(desk.drift()).containsExactly("shadow user:boss@example.org *", "widened " + FilesSite.GRACE + " *");
        assertThat(desk.rows().getFirst().get("ignoredUntil").asText()).startsWith(tomorrow + "T23:59:59.999999");
        assertThat(desk.rows().getFirst().get("ignored").asText()).isEqualTo("ticket 118");
        assertThat(site.run("drift", "--exit-code", "--provider", desk.provider())
                        .code())
                .isZero();

        desk.editBucket(bindings -> {
            DriftDesk.drop(bindings, "members", FilesSite.GRACE);
            ObjectNode later = bindings.addObject().put("role", VIEWER);
            later.putArray("members").add(FilesSite.GRACE);
            later.putObject("condition")
                    .put("title", "provisioner lease until 2099-01")
                    .put("expression", "request.time < timestamp(\"2099-01-01T00:00:00Z\")");
        });
        assertThat(desk.drift()).as("it has changed").contains("widened " + FilesSite.GRACE);
        assertThat(site.run("drift", "--exit-code", "--provider", desk.provider())
                        .code())
                .isEqualTo(4);
        desk.done("proven", "restore", "widened", FilesSite.GRACE);
        assertThat(desk.drift()).containsExactly("shadow user:boss@example.org *");
        assertThat(site.run(
                                "drift",
                                "ignore",
                                desk.id("shadow", "user:boss@example.org"),
                                "--reason",
                                "r",
                                "--yes",
                                "--until",
                                "2020-01-01")
                        .code())
                .isEqualTo(2);
        desk.done("proven", "remove", "shadow", "user:boss@example.org");
        assertThat(desk.drift()).isEmpty();
    }

    @Test
    void atADatasetOfBigQueryEntriesAndWiderRoles() throws Exception {
        desk.atRest("gcp", "bigquery: demo-project.demo_iv_1_0");
        ObjectNode dataset = (ObjectNode) FilesSite.JSON.readTree(site.send("GET", TABLES, ""));
        ArrayNode access = (ArrayNode) dataset.get("access");
        for (int i = access.size() - 1; i >= 0; i--) {
            if (access.get(i).path("userByEmail").asText().equals("ada.lovelace@gmail.com")) {
                access.remove(i);
            }
        }
        access.addObject().put("role", "WRITER").put("userByEmail", "grace@example.org");
        access.addObject().put("role", "READER").put("userByEmail", "stranger@gmail.com");
        site.send("PATCH", TABLES, "{\"access\":" + access + "}");
        desk.done("proven", "restore", "missing", FilesSite.ADA);
        desk.done("proven", "remove", "extra", STRANGER);
        desk.done("proven", "restore", "widened", FilesSite.GRACE);
        assertThat(desk.drift()).isEmpty();
    }

    @Test
    void leftGroupsDeadAccountsAndOrphansAreTakenOut() throws Exception {
        desk.atRest("gcp", "gcs: demo-iv-1.0.example.org");
        desk.editBucket(bindings -> DriftDesk.give(bindings, VIEWER, "group:readers@example.org"));
        site.send("POST", "/admin/directory/v1/groups", """
                {"email":"readers@example.org","name":"r","description":"Readers of gs://x. Managed by the PhysioNet provisioner."}""");
        desk.done("proven", "remove", "orphan", "group:readers@example.org");
        site.send("POST", "/_simulator/gcp/accounts", "{\"email\":\"grace@example.org\",\"status\":\"deleted\"}");
        String dead = desk.rows().stream()
                .filter(row -> row.get("finding").asText().equals("dead"))
                .findFirst()
                .orElseThrow()
                .get("principal")
                .asText();
        desk.done("proven", "remove", "dead", dead);
        assertThat(site.send("GET", BUCKET + "?optionsRequestedPolicyVersion=3", ""))
                .doesNotContain("deleted:");

        site.catalog("datasets:\n  - id: demo-iv/1.0\n    resources: []\n");
        desk.refused("adopt", "orphan", "-");
        desk.done("proven", "remove", "orphan", "-");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
        assertThat(desk.rows().stream().map(row -> row.get("resource").asText()))
                .doesNotContain(FilesSite.IV);
    }

    @Test
    void anOrphanOfManyReadersIsHeldByAGuardUntilSomebodyReleasesIt() throws Exception {
        desk.atRest("gcp", "gcs: demo-iv-1.0.example.org");
        site.configure("guards: {maxRevocations: 1}\n");
        site.catalog("datasets:\n  - id: demo-iv/1.0\n    resources: []\n");
        Program.Result held = desk.decide("remove", "orphan", "-");
        assertThat(held.code()).as(held.err()).isEqualTo(3);
        assertThat(FilesSite.json(held).get("outcome").asText()).isEqualTo("held");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isTrue();
        String guard = FilesSite.json(site.done("guards", "list", "--output", "json"))
                .get(0)
                .get("id")
                .asText();
        site.done("guards", "release", guard, "--reason", "all of them", "--yes");
        desk.done("proven", "remove", "orphan", "-");
        assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
    }
}
