package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The ledger is published where nobody, its administrators included, can take it back: Object Lock, and a locked retention policy. */
class PublishedPlacesTest {
    private static final String LOCKED = "ledger-locked";
    private static final String YEAR = "\"retentionPolicy\":{\"retentionPeriod\":\"31536000\"}";

    @TempDir
    Path folder;

    private FilesSite site(ObjectLockRetentionMode mode) throws Exception {
        FilesSite site = new FilesSite(folder);
        try (S3Client s3 = site.s3()) {
            s3.createBucket(b -> b.bucket(LOCKED).objectLockEnabledForBucket(true));
            s3.putObjectLockConfiguration(b -> b.bucket(LOCKED)
                    .objectLockConfiguration(c -> c.objectLockEnabled(ObjectLockEnabled.ENABLED)
                            .rule(r -> r.defaultRetention(d -> d.mode(mode).days(365)))));
        }
        site.send("POST", "/storage/v1/b?project=demo-project", "{\"name\":\"" + LOCKED + "\"," + YEAR + "}");
        site.done("audit", "key", "new", "ledger.key");
        return site;
    }

    private static void publish(FilesSite site, String places) throws IOException {
        site.configure("ledger: {key: ledger.key, publish: [" + places + "]}");
    }

    private static String finding(FilesSite site, String place) {
        for (var line : site.run("doctor", "--output", "ndjson").out().lines().toList()) {
            var finding = FilesSite.parse(line);
            if (finding.path("what").asText().contains(place)) {
                return finding.path("state").asText() + ": "
                        + finding.path("found").asText() + " "
                        + finding.path("fix").asText();
            }
        }
        throw new AssertionError("doctor says nothing of " + place);
    }

    @Test
    void doctorTellsOfEachPlaceWhetherWhatIsPublishedThereCanBeOverwrittenOrDeleted() throws Exception {
        try (FilesSite site = site(ObjectLockRetentionMode.GOVERNANCE)) {
            site.send("POST", "/storage/v1/b?project=demo-project", "{\"name\":\"open-copies\"}");
            publish(
                    site,
                    "copies, \"s3://ledger-locked/a\", \"gs://ledger-locked/a\", \"s3://demo-controlled/a\","
                            + " \"gs://open-copies/a\", \"s3://no-such-bucket/a\"");
            assertThat(finding(site, "copies")).startsWith("mind: ");
            assertThat(finding(site, "s3://ledger-locked"))
                    .startsWith("mind: Object Lock, GOVERNANCE, 365 days")
                    .contains("s3:BypassGovernanceRetention")
                    .contains("COMPLIANCE");
            assertThat(finding(site, "gs://ledger-locked"))
                    .startsWith("mind: retention policy of 365 days, not locked")
                    .contains("--lock-retention-period");
            assertThat(finding(site, "s3://demo-controlled"))
                    .startsWith("mind: neither Object Lock nor versions")
                    .contains("put-object-lock-configuration");
            assertThat(finding(site, "gs://open-copies")).startsWith("mind: no retention policy");
            assertThat(finding(site, "s3://no-such-bucket"))
                    .startsWith("wrong: ")
                    .contains("s3:GetBucketObjectLockConfiguration");

            try (S3Client s3 = site.s3()) {
                s3.putObjectLockConfiguration(b -> b.bucket(LOCKED)
                        .objectLockConfiguration(c -> c.objectLockEnabled(ObjectLockEnabled.ENABLED)
                                .rule(r -> r.defaultRetention(d -> d.mode(ObjectLockRetentionMode.COMPLIANCE)
                                        .years(7)))));
            }
            site.send("POST", "/storage/v1/b/ledger-locked/lockRetentionPolicy?ifMetagenerationMatch=1", "");
            assertThat(finding(site, "s3://ledger-locked")).startsWith("well: Object Lock, COMPLIANCE, 7 years");
            assertThat(finding(site, "gs://ledger-locked")).startsWith("well: retention policy of 365 days, locked");
            assertThat(site.run("doctor", "--no-clouds", "--output", "json").out())
                    .doesNotContain("s3://ledger-locked");
        }
    }

    @Test
    void aPublishedCheckpointCanNotBeOverwrittenAndHistoryThatIsWrittenAnewIsFoundByComparing() throws Exception {
        try (FilesSite site = site(ObjectLockRetentionMode.COMPLIANCE)) {
            publish(site, "\"s3://ledger-locked/a\", \"gs://ledger-locked/a\"");
            site.done("run");
            copy(folder.resolve(".provisioner"), folder.resolve("before"));
            site.done("revoke", "ada", "--reason", "asked", "--yes");
            String last = keptInBothPlaces(site);

            // Whoever has the database and the key writes another history, longer than the true one and well signed.
            delete(folder.resolve(".provisioner"));
            copy(folder.resolve("before"), folder.resolve(".provisioner"));
            publish(site, "forged");
            for (String other : List.of("grace", "barbara", "alan")) {
                site.done("revoke", other, "--reason", "never said", "--yes");
            }
            site.done("audit", "export", "forged.ndjson");
            site.done("audit", "verify", "forged.ndjson", "--key", "ledger.key.pub");

            Program.Result compared = site.run(
                    "audit",
                    "verify",
                    "forged.ndjson",
                    "--key",
                    "ledger.key.pub",
                    "--published",
                    last,
                    "--output",
                    "csv");
            assertThat(compared.code()).as(compared.err()).isEqualTo(1);
            // A fork where the forged one is long enough, else an end that is missing.
            assertThat(compared.out()).containsPattern("(?m)^(fork|cut_end),");
            publish(site, "\"s3://ledger-locked/a\", \"gs://ledger-locked/a\"");
            Program.Result refused = site.run("run");
            assertThat(refused.code()).as(refused.err()).isEqualTo(3);
            assertThat(refused.err()).contains("ledger-locked");
        }
    }

    /** Tries everything on what is published, as the administrator of both clouds. @return a folder with a copy of it */
    private String keptInBothPlaces(FilesSite site) throws Exception {
        Path copy = Files.createDirectories(folder.resolve("from-s3"));
        try (S3Client s3 = site.s3()) {
            List<S3Object> parts = s3.listObjectsV2(b -> b.bucket(LOCKED)).contents();
            assertThat(parts).hasSizeGreaterThan(1);
            for (S3Object part : parts) {
                String version =
                        s3.headObject(b -> b.bucket(LOCKED).key(part.key())).versionId();
                s3.putObject(b -> b.bucket(LOCKED).key(part.key()), RequestBody.fromString("forged"));
                assertThatThrownBy(() -> s3.deleteObject(b -> b.bucket(LOCKED)
                                .key(part.key())
                                .versionId(version)
                                .bypassGovernanceRetention(true)))
                        .isInstanceOf(S3Exception.class)
                        .hasMessageContaining("object lock");
                // The first version is what was published; what came later says so by being later.
                s3.getObject(
                        b -> b.bucket(LOCKED).key(part.key()).versionId(version),
                        copy.resolve(part.key().substring("a/".length())));
            }
        }
        // Its parts have names of their own: each place's checkpoint is signed when it is put there.
        var parts = FilesSite.parse(site.send("GET", "/storage/v1/b/ledger-locked/o", ""))
                .path("items");
        assertThat(parts).hasSizeGreaterThan(1);
        for (var part : parts) {
            String name = part.path("name").asText();
            assertThatThrownBy(
                            () -> site.send("DELETE", "/storage/v1/b/ledger-locked/o/" + name.replace("/", "%2F"), ""))
                    .hasMessageContaining("retentionPolicyNotMet");
            assertThatThrownBy(() -> site.send(
                            "POST", "/upload/storage/v1/b/ledger-locked/o?uploadType=media&name=" + name, "forged"))
                    .hasMessageContaining("retentionPolicyNotMet");
        }
        site.done("audit", "verify", "from-s3", "--key", "ledger.key.pub");
        return "from-s3";
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
