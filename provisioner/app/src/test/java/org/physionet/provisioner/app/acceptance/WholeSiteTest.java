package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;

/** From PhysioNet's database to proven cloud access, for every pair of a whole site. */
class WholeSiteTest {
    @TempDir
    Path folder;

    private record Identity(String researcher, String principal) {}

    private static String line(JsonNode node) {
        return node.get("researcher").asText() + " " + node.get("username").asText() + " "
                + node.get("dataset").asText() + " " + node.get("allowed").asBoolean() + " "
                + (node.get("expiresAt").isNull()
                        ? "-"
                        : Instant.parse(node.get("expiresAt").asText()).toString())
                + " " + node.get("reasons");
    }

    @Test
    void eligibilityEqualsTheRightDecisionForEveryPair() throws Exception {
        try (WorkingSite site = new WorkingSite(folder)) {
            Program.Result result =
                    site.program.run("eligibility", "--at", "2026-11-01T12:00:00Z", "--output", "ndjson");
            List<String> expected = new ArrayList<>();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(
                            Files.newInputStream(SiteDatabase.sharedFolder().resolve("site.decisions.ndjson.gz"))),
                    StandardCharsets.UTF_8))) {
                for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                    expected.add(line(WorkingSite.JSON.readTree(text)));
                }
            }
            assertThat(expected).hasSize(10_400);
            assertThat(WorkingSite.lines(result).stream().map(WholeSiteTest::line))
                    .isEqualTo(expected);
        }
    }

    @Test
    void afterARunTheCloudsLetInExactlyTheEntitledAndASecondRunWritesNothing() throws Exception {
        try (WorkingSite site = new WorkingSite(folder)) {
            Program.Result run = site.program.run("run", "--output", "json");
            assertThat(run.code()).as(run.err() + run.out()).isZero();
            JsonNode report = WorkingSite.JSON.readTree(run.out());

            Set<String> allowed = site.allowed(report.at("/at").asText());
            List<Identity> identities = identities(site);
            assertThat(identities).hasSizeGreaterThan(250);
            Set<String> wrong = new TreeSet<>();
            int let = 0;
            for (String dataset : site.datasets) {
                for (String resource : WorkingSite.resources(dataset)) {
                    for (Identity identity : identities) {
                        boolean aws = identity.principal().startsWith("A");
                        if (aws != resource.startsWith("s3:")) {
                            continue;
                        }
                        boolean should = sharers(identities, identity).stream()
                                .anyMatch(r -> allowed.contains(r + " " + dataset));
                        boolean can = site.canRead(identity.principal(), resource);
                        let += can ? 1 : 0;
                        if (can != should) {
                            wrong.add(identity + " at " + resource + ": can " + can + ", should " + should);
                        }
                    }
                    assertThat(site.canRead(
                                    resource.startsWith("s3:") ? "AIDASTRANGERSTRANGER0" : "user:stranger@gmail.com",
                                    resource))
                            .isFalse();
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(let).isGreaterThan(600);

            site.simulator.simulator().resetCalls();
            Program.Result again = site.program.run("run");
            assertThat(again.code()).as(again.err()).isZero();
            assertThat(site.writes()).isZero();
            assertThat(site.program.run("plan", "--exit-code").code()).isZero();
        }
    }

    @Test
    void unverifiedAndForeignIdentitiesAreOut() throws Exception {
        try (WorkingSite site = new WorkingSite(folder)) {
            assertThat(site.program.run("run").code()).isZero();
            for (String who : List.of("case-google-unverified", "case-google-foreign")) {
                String email = site.database.one("select e.email from public.user_cloudinformation c"
                        + " join public.user_user u on u.id = c.user_id"
                        + " join public.user_associatedemail e on e.id = c.gcp_email_id where u.username = '" + who
                        + "'");
                if (who.endsWith("foreign")) {
                    continue;
                }
                for (String dataset : site.datasets) {
                    assertThat(site.canRead(
                                    "user:" + email,
                                    WorkingSite.resources(dataset).getFirst()))
                            .isFalse();
                }
            }
            String withdrawn = site.database.one("select c.aws_userid from public.user_cloudinformation c"
                    + " join public.user_user u on u.id = c.user_id"
                    + " where u.username = 'case-aws-verification-withdrawn'");
            for (String dataset : site.datasets) {
                assertThat(site.canRead(
                                withdrawn, WorkingSite.resources(dataset).getLast()))
                        .isFalse();
            }
        }
    }

    /** Everyone who links the same identity: as Google compares addresses. */
    private static Set<String> sharers(List<Identity> all, Identity one) {
        Set<String> people = new TreeSet<>();
        all.stream()
                .filter(other -> key(other.principal()).equals(key(one.principal())))
                .forEach(other -> people.add(other.researcher()));
        return people;
    }

    private static String key(String principal) {
        String lower = principal.toLowerCase(java.util.Locale.ROOT).replace("@googlemail.com", "@gmail.com");
        return lower.endsWith("@gmail.com") ? lower.replaceAll("\\+.*@", "@").replaceAll("\\.(?=.*@)", "") : lower;
    }

    /** Straight from the tables, with code that shares nothing with the source. */
    private static List<Identity> identities(WorkingSite site) throws Exception {
        List<Identity> identities = new ArrayList<>();
        try (Connection c = DriverManager.getConnection(site.database.url(), "postgres", "postgres");
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("""
                        select c.user_id, case when e.is_verified and e.user_id = c.user_id then e.email end,
                          case when c.aws_verification_datetime is not null then c.aws_userid end
                        from public.user_cloudinformation c
                        left join public.user_associatedemail e on e.id = c.gcp_email_id""")) {
            while (rows.next()) {
                if (rows.getString(2) != null) {
                    identities.add(new Identity(rows.getString(1), "user:" + rows.getString(2)));
                }
                if (rows.getString(3) != null) {
                    identities.add(new Identity(rows.getString(1), rows.getString(3)));
                }
            }
        }
        return identities;
    }
}
