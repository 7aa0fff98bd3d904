package org.physionet.provisioner.audit.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.logs.LogFiles;
import org.physionet.provisioner.audit.logs.LogReading;
import org.physionet.provisioner.audit.review.Recorded.Write;

/** Who watches the watcher: what the ledger says that we wrote, against what Google's log says that we wrote. */
class OwnWritesTest {
    private static final String BUCKET = "gs://data";
    private static final String GROUP = "readers@example.org";
    private static final String ENGINE = "engine@p.iam.gserviceaccount.com";

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();

    private void policy(String by, String at) {
        entry(by, at, "storage.setIamPermissions", "\"resourceName\":\"projects/_/buckets/data\"");
    }

    private void member(String by, String at, String method, String who) {
        entry(by, at, "google.admin.AdminService." + method, """
                "metadata":{"event":[{"parameter":[{"name":"GROUP_EMAIL","value":"%s"},{"name":"USER_EMAIL","value":"%s"}]}]}""".formatted(GROUP, who));
    }

    private void entry(String by, String at, String method, String more) {
        lines.add("""
                {"logName":"projects/p/logs/cloudaudit.googleapis.com%%2Factivity","timestamp":"%s","insertId":"i%d","protoPayload":\
                {"serviceName":"x","methodName":"%s","authenticationInfo":{"principalEmail":"%s"},%s}}""".formatted(at, lines.size(), method, by, more));
    }

    private void meant(String at, String document, @Nullable String who, boolean taken) {
        Instant when = Instant.parse(at);
        Set<String> whom = who == null ? Set.of() : Set.of("user:" + who);
        writes.add(new Write(BUCKET, when, document, whom, taken ? when.plusSeconds(1) : null));
    }

    /** {@code code count}, in order. */
    private List<String> told() throws IOException {
        Files.write(folder.resolve("a.json"), lines);
        Recorded recorded = new Recorded(
                List.of(),
                List.of(new Recorded.Place(
                        BUCKET,
                        "group",
                        new TreeSet<>(Set.of("d/1")),
                        GROUP,
                        Set.of(),
                        Set.of(),
                        Instant.parse("2026-03-01T00:00:00Z"),
                        false,
                        Duration.ofMinutes(10))),
                List.of(),
                writes);
        Rules rules = new Rules(Set.of(ENGINE), Set.of(), 10, 1000, 1L << 40, 90, 8, List.of(), Set.of());
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            new LogReading(accesses, "gcp").read(LogFiles.find(List.of("a.json"), folder));
            return Review.of(accesses.analysis(), recorded, rules).stream()
                    .map(finding -> finding.code().text() + " " + finding.resource() + " " + finding.at())
                    .toList();
        }
    }

    /** The log covers all of March the 5th, for the bucket and the group. */
    private void covered() {
        policy(ENGINE, "2026-03-05T01:00:00.1Z");
        member(ENGINE, "2026-03-05T01:00:00.2Z", "addGroupMember", "ada@example.org");
        meant("2026-03-05T01:00:00Z", "bucket policy", null, true);
        meant("2026-03-05T01:00:00Z", "group " + GROUP, "ada@example.org", true);
        policy(ENGINE, "2026-03-05T23:00:00.1Z");
        member(ENGINE, "2026-03-05T23:00:00.2Z", "removeGroupMember", "ada@example.org");
        meant("2026-03-05T23:00:00Z", "bucket policy", null, true);
        meant("2026-03-05T23:00:00Z", "group " + GROUP, "ada@example.org", true);
    }

    @Test
    void whatBothTellIsNoFinding() throws IOException {
        covered();
        assertThat(told()).isEmpty();
    }

    @Test
    void aWriteThatNoLogHasIsToldWhereLogsCoverItsTimeAndOnlyThere() throws IOException {
        covered();
        meant("2026-03-05T12:00:00Z", "bucket policy", null, true);
        meant("2026-03-05T02:00:00Z", "bucket policy", null, false);
        meant("2026-03-04T12:00:00Z", "bucket policy", null, true);
        meant("2026-03-06T12:00:00Z", "bucket policy", null, true);
        assertThat(told()).containsExactly("unconfirmed_write gs://data 2026-03-05T12:00:00Z");
    }

    @Test
    void oneMembersEntryIsNotTakenForAnothers() throws IOException {
        covered();
        member(ENGINE, "2026-03-05T12:00:00.2Z", "addGroupMember", "bob@example.org");
        meant("2026-03-05T12:00:00Z", "group " + GROUP, "bob@example.org", true);
        meant("2026-03-05T12:00:00Z", "group " + GROUP, "eve@example.org", true);
        assertThat(told()).containsExactly("unconfirmed_write gs://data 2026-03-05T12:00:00Z");
    }

    @Test
    void aChangeInOurNameThatTheLedgerDoesNotKnowIsToldAndSomebodyElsesIsForeign() throws IOException {
        covered();
        policy(ENGINE, "2026-03-05T12:00:00Z");
        policy("boss@example.org", "2026-03-05T13:00:00Z");
        assertThat(told())
                .containsExactly(
                        "foreign_policy_change gs://data 2026-03-05T13:00:00Z",
                        "unrecorded_write gs://data 2026-03-05T12:00:00Z");
    }

    @Test
    void whoeverSwitchesLoggingOffIsTold() throws IOException {
        covered();
        entry("boss@example.org", "2026-03-05T12:00:00Z", "SetIamPolicy", """
                "resourceName":"projects/p","serviceData":{"policyDelta":{"auditConfigDeltas":[{"action":"REMOVE",\
                "service":"storage.googleapis.com","logType":"DATA_READ"}]}}""");
        entry("boss@example.org", "2026-03-05T13:00:00Z", "SetIamPolicy", """
                "resourceName":"projects/p","serviceData":{"policyDelta":{"auditConfigDeltas":[{"action":"ADD",\
                "service":"storage.googleapis.com","logType":"DATA_READ"}]}}""");
        assertThat(told()).containsExactly("logging_off null 2026-03-05T12:00:00Z");
    }
}
