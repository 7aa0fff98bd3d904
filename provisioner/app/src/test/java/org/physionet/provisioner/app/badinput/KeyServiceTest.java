package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** The ledger's key is in a provider's key service, and nothing of it is on this machine. */
class KeyServiceTest {
    private static final String AWS = "awskms:arn:aws:kms:us-east-1:111122223333:key/ledger";
    private static final String GOOGLE =
            "gcpkms:projects/demo-project/locations/europe/keyRings/ledger/cryptoKeys/ledger/cryptoKeyVersions/1";

    @TempDir
    Path folder;

    /** @param action that the policy of the key in AWS allows */
    private FilesSite site(String action) throws Exception {
        FilesSite site = new FilesSite(folder);
        ObjectNode state = site.server.simulator().state();
        ObjectNode key = state.withObject("/aws/accounts/111122223333")
                .putArray("kmsKeys")
                .addObject();
        key.put("arn", AWS.substring("awskms:".length())).put("spec", "ECC_NIST_EDWARDS25519");
        key.set("policy", FilesSite.parse("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},
                         "Action":"%s","Resource":"*"}]}""".formatted(action)));
        state.withObject("/gcp").putArray("keys").addObject().put("name", GOOGLE.substring("gcpkms:".length()));
        site.server.simulator().load(state);
        return site;
    }

    private static void publishWith(FilesSite site, String key) throws Exception {
        site.configure("ledger: {key: \"" + key + "\", publish: [published]}");
    }

    private void keepPublicKey(FilesSite site, String file) throws Exception {
        Program.Result shown = site.done("audit", "key", "show", "--output", "table");
        assertThat(shown.out()).contains("BEGIN PUBLIC KEY");
        Files.writeString(folder.resolve(file), shown.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {AWS, GOOGLE})
    void whatTheServiceSignedVerifiesOfflineWithThePublicKeyAlone(String key) throws Exception {
        try (FilesSite site = site("kms:*")) {
            publishWith(site, key);
            site.done("audit", "publish");
            keepPublicKey(site, "ledger.pub");
            site.server.close();
            site.done("audit", "verify", "published", "--key", "ledger.pub");

            Path part =
                    Objects.requireNonNull(folder.resolve("published").toFile().listFiles())[0].toPath();
            Files.writeString(part, Files.readString(part).replaceAll("\"signature\":\"..", "\"signature\":\"AA"));
            Program.Result forged = site.run("audit", "verify", "published", "--key", "ledger.pub", "--output", "csv");
            assertThat(forged.code()).isEqualTo(1);
            assertThat(forged.out()).contains("false_signature");
        }
    }

    @Test
    void theOldKeySignsTheNewFromTheFileToAwsAndOnToGoogle() throws Exception {
        try (FilesSite site = site("kms:*")) {
            site.done("audit", "key", "new", "ledger.key");
            publishWith(site, "ledger.key");
            site.done("audit", "publish");
            for (String next : List.of(AWS, GOOGLE)) {
                keepPublicKey(site, "before-" + next.substring(0, 3) + ".pub");
                site.done("audit", "key", "change", next, "--reason", "yearly", "--yes");
                publishWith(site, next);
                site.done("audit", "publish");
            }
            keepPublicKey(site, "last.pub");
            for (String key : List.of("ledger.key.pub", "before-aws.pub", "before-gcp.pub", "last.pub")) {
                site.done("audit", "verify", "published", "--key", key);
            }
        }
    }

    @Test
    void aBlockIsInForceThoughTheServiceDoesNotSignItAndTheMissingRightIsNamed() throws Exception {
        try (FilesSite site = site("kms:GetPublicKey")) {
            site.done("run");
            publishWith(site, AWS);
            Program.Result revoked = site.run("revoke", "ada", "--reason", "asked", "--yes");
            assertThat(revoked.code()).as(revoked.err()).isEqualTo(1);
            assertThat(revoked.err()).contains("lacks kms:Sign").contains("audit publish");
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV)).isFalse();
            Program.Result refused = site.run("audit", "export", "ledger.ndjson");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("lacks kms:Sign").doesNotContain("unexpectedly");
        }
    }

    @Test
    void aNameThatNoServiceUnderstandsIsAnErrorOfTheConfiguration() throws Exception {
        try (FilesSite site = site("kms:*")) {
            publishWith(site, "gcpkms:projects/demo-project/cryptoKeys/ledger");
            Program.Result shown = site.run("audit", "key", "show");
            assertThat(shown.code()).isEqualTo(2);
            assertThat(shown.err()).contains("cryptoKeyVersions/N");
        }
    }
}
