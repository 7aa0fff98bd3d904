package org.physionet.provisioner.adapters.gcp.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.gcp.calls.Access;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.calls.Rates;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;

/** Signing with a key that stays in Cloud KMS, which the simulator stands for. */
class CloudKmsSignerTest {
    private static final String RING = "projects/keys/locations/europe-west1/keyRings/ledger/cryptoKeys/";
    private static final byte[] MESSAGE = "checkpoint".getBytes(StandardCharsets.UTF_8);

    private final List<String> calls = new ArrayList<>();
    private SimulatorServer server;

    @BeforeEach
    void start() throws Exception {
        server = SimulatorServer.start(new Simulator(SimulatorOptions.defaults()), 0);
        server.simulator().load((ObjectNode) new ObjectMapper().readTree("""
                        {"gcp":{"keys":[{"name":"RINGsigns/cryptoKeyVersions/1"},
                          {"name":"RINGrsa/cryptoKeyVersions/1","algorithm":"RSA_SIGN_PSS_2048_SHA256"}],
                         "projects":[{"name":"projects/keys","iam":{"bindings":[
                          {"role":"roles/cloudkms.signerVerifier","members":["user:signer@example.org"]},
                          {"role":"roles/cloudkms.publicKeyViewer","members":["user:viewer@example.org"]}]}}]}}""".replace("RING", RING)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CloudKmsSigner as(String who, String key) {
        Access access = new Access("site", new Access.Credentials.Token(who), server.address(), null);
        return CloudKmsSigner.of(
                "gcpkms:" + RING + key,
                new GoogleClients(
                        access,
                        (method, write, outcome) -> calls.add(method + " " + write + " " + outcome),
                        new Rates(List.of(), Pacing.NONE)));
    }

    @Test
    void whatItSignsVerifiesWithThePublicKeyAloneAndTheKeyIsAskedForOnce() throws Exception {
        CloudKmsSigner signer = as("signer@example.org", "signs/cryptoKeyVersions/1");
        byte[] first = signer.sign(MESSAGE);

        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(signer.publicKey())));
        check.update(MESSAGE);
        assertThat(check.verify(first)).isTrue();
        assertThat(signer.sign(MESSAGE)).isEqualTo(first);
        signer.publicKey();
        String method = "cloudkms.projects.locations.keyRings.cryptoKeys.cryptoKeyVersions.";
        assertThat(calls)
                .containsExactly(
                        method + "asymmetricSign false 200",
                        method + "getPublicKey false 200",
                        method + "asymmetricSign false 200");
    }

    @Test
    void theRightThatIsMissingIsNamed() {
        assertThatThrownBy(() ->
                        as("viewer@example.org", "signs/cryptoKeyVersions/1").sign(MESSAGE))
                .hasMessageContaining("cloudkms.cryptoKeyVersions.useToSign")
                .hasMessageContaining("roles/cloudkms.signerVerifier");
        assertThatThrownBy(() ->
                        as("nobody@example.org", "signs/cryptoKeyVersions/1").publicKey())
                .hasMessageContaining("cloudkms.cryptoKeyVersions.viewPublicKey");
    }

    @Test
    void aKeyOfAnotherAlgorithmIsRefusedWithTheCommandThatMakesARightOne() {
        assertThatThrownBy(() ->
                        as("signer@example.org", "rsa/cryptoKeyVersions/1").publicKey())
                .hasMessageContaining("RSA_SIGN_PSS_2048_SHA256")
                .hasMessageContaining("ec-sign-ed25519");
    }

    @Test
    void aKeyThatIsNotThereAndAServiceThatDoesNotAnswerAreSaid() {
        assertThatThrownBy(() ->
                        as("signer@example.org", "signs/cryptoKeyVersions/2").publicKey())
                .hasMessageContaining("404")
                .hasMessageContaining("versions list");
        CloudKmsSigner signer = as("signer@example.org", "signs/cryptoKeyVersions/1");
        server.close();
        assertThatThrownBy(signer::publicKey).hasMessageContaining("did not answer getPublicKey");
    }

    @Test
    void aNameWithoutAVersionIsNoKey() {
        assertThatThrownBy(() -> as("signer@example.org", "signs"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cryptoKeyVersions/N");
    }
}
