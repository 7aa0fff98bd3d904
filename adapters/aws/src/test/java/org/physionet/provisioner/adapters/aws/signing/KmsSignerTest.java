package org.physionet.provisioner.adapters.aws.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.AwsAdapterProvider;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;

/** Signing with a key that stays in AWS KMS, which the simulator stands for. */
class KmsSignerTest {
    private static final String KEYS = "arn:aws:kms:eu-west-1:444455556666:key/";
    private static final byte[] MESSAGE = "checkpoint".getBytes(StandardCharsets.UTF_8);
    private static final String ALLOWS = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},
             "Action":ACTION,"Resource":"*"}]}""";

    private final List<String> calls = new ArrayList<>();
    private SimulatorServer server;

    @BeforeEach
    void start() throws Exception {
        server = SimulatorServer.start(new Simulator(SimulatorOptions.defaults()), 0);
        server.simulator().load((ObjectNode) new ObjectMapper().readTree("""
                        {"aws":{"accounts":{"444455556666":{"kmsKeys":[
                          {"arn":"KEYSsigns","spec":"ECC_NIST_EDWARDS25519","aliases":["alias/ledger"],"policy":BOTH},
                          {"arn":"KEYSshown","spec":"ECC_NIST_EDWARDS25519","policy":SHOWN},
                          {"arn":"KEYShidden","spec":"ECC_NIST_EDWARDS25519","policy":SIGN},
                          {"arn":"KEYSencrypts","policy":BOTH}]}}}}""".replace("KEYS", KEYS)
                .replace("BOTH", ALLOWS.replace("ACTION", "[\"kms:Sign\",\"kms:GetPublicKey\"]"))
                .replace("SHOWN", ALLOWS.replace("ACTION", "\"kms:GetPublicKey\""))
                .replace("SIGN", ALLOWS.replace("ACTION", "\"kms:Sign\""))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Signer signer(String key) {
        Settings settings = new Settings(
                "aws",
                Map.of(
                        "account",
                        "111122223333",
                        "credentials",
                        "static",
                        "accessKey",
                        "test",
                        "secretKey",
                        "test",
                        "endpoint",
                        server.address().toString()),
                Path.of(""));
        return new AwsAdapterProvider()
                .signer(
                        key,
                        settings,
                        new AdapterContext(
                                InstantSource.system(),
                                (method, write, outcome) -> calls.add(method + " " + write + " " + outcome),
                                Pacing.NONE))
                .orElseThrow();
    }

    @Test
    void whatItSignsVerifiesWithThePublicKeyAloneAndTheKeyIsAskedForOnce() throws Exception {
        Signer signer = signer("awskms:" + KEYS + "signs");
        byte[] first = signer.sign(MESSAGE);

        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(signer.publicKey())));
        check.update(MESSAGE);
        assertThat(check.verify(first)).isTrue();
        assertThat(signer.sign(MESSAGE)).isEqualTo(first);
        assertThat(calls).containsExactly("kms.GetPublicKey false 200", "kms.Sign false 200", "kms.Sign false 200");
    }

    @Test
    void anAliasOfAnotherAccountIsTheKeyThatItMeans() {
        Signer signer = signer("awskms:" + KEYS.replace("key/", "alias/ledger"));
        assertThat(signer.publicKey())
                .isEqualTo(signer("awskms:" + KEYS + "signs").publicKey());
        assertThat(signer.sign(MESSAGE))
                .isEqualTo(signer("awskms:" + KEYS + "signs").sign(MESSAGE));
    }

    @Test
    void theRightThatIsMissingIsNamed() {
        assertThatThrownBy(() -> signer("awskms:" + KEYS + "shown").sign(MESSAGE))
                .hasMessageContaining("lacks kms:Sign");
        assertThatThrownBy(() -> signer("awskms:" + KEYS + "hidden").publicKey())
                .hasMessageContaining("lacks kms:GetPublicKey");
    }

    @Test
    void aKeyThatEncryptsAndOneThatIsNotThereAreRefusedWithTheNextStep() {
        assertThatThrownBy(() -> signer("awskms:" + KEYS + "encrypts").publicKey())
                .hasMessageContaining("--key-spec ECC_NIST_EDWARDS25519");
        assertThatThrownBy(() -> signer("awskms:alias/none").publicKey()).hasMessageContaining("describe-key");
    }

    @Test
    void whatIsNoNameOfAKeyIsRefusedBeforeAnyCall() {
        assertThatThrownBy(() -> signer("awskms:arn:aws:s3:::bucket"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("awskms:ARN");
        assertThat(calls).isEmpty();
    }
}
