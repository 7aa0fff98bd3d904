package org.physionet.provisioner.fuzz.inputs;

import com.google.gson.Gson;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.aws.AwsAdapterProvider;
import org.physionet.provisioner.adapters.gcp.proof.GoogleAccountProof;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.IdentityProof;
import org.physionet.provisioner.engine.adapter.IdentityProof.Verdict;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.settings.Settings;

/** What a person brings as proof of an account, and what the provider says to it: a verdict, never an error; never a secret in it. */
final class Proofs {
    private static final String NONCE = "4f9c2b7e81d04f9c2b7e81d0";
    private static final String CLIENT = "client-1.apps.googleusercontent.com";
    private static final String SIGNED = new Gson()
            .toJson(Map.of(
                    "authorization",
                    "AWS4-HMAC-SHA256 Credential=AKIA0000000000000001/20261122/us-east-1/sts/aws4_request,"
                            + " SignedHeaders=content-type;host;x-amz-date;x-provisioner-audience;x-provisioner-nonce,"
                            + " Signature=" + "0123456789abcdef".repeat(4),
                    "x-amz-date",
                    "20261122T120000Z"));

    private Proofs() {}

    private static IdentityProof aws(Answering provider) {
        Settings settings = new Settings(
                "aws",
                Map.of(
                        "account", "111122223333",
                        "region", "us-east-1",
                        "credentials", "static",
                        "accessKey", "test",
                        "secretKey", "test",
                        "identityProof.site", "provisioner.example.org",
                        "identityProof.bucket", "verification-bucket",
                        "identityProof.roles", "true",
                        "endpoint", provider.address()),
                Path.of(""));
        return new AwsAdapterProvider()
                .identityProof(settings, new AdapterContext(() -> ProviderAnswers.NOW, CallListener.NONE, Pacing.NONE))
                .orElseThrow();
    }

    /** What is pasted; AWS says that it does not know the signature. */
    static Target presentedToAws() {
        Answering provider = new Answering();
        IdentityProof proof = aws(provider);
        return input -> {
            provider.say("4{}".getBytes(StandardCharsets.UTF_8));
            judge(proof, Expect.text(input));
        };
    }

    /** What STS answers to a proof that is well. */
    static Target answersOfSts() {
        Answering provider = new Answering();
        IdentityProof proof = aws(provider);
        return input -> {
            provider.say(input);
            judge(proof, SIGNED);
        };
    }

    /** A token: as it is pasted, and, if there are two lines, header and claims that are signed with the right key. */
    static Target presentedToGoogle() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        RSAPublicKey open = (RSAPublicKey) pair.getPublic();
        Answering provider = new Answering();
        provider.say(("0{\"keys\":[{\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"kid\":\"k1\",\"n\":\""
                        + base64(open.getModulus()) + "\",\"e\":\"" + base64(open.getPublicExponent()) + "\"}]}")
                .getBytes(StandardCharsets.UTF_8));
        IdentityProof proof = new GoogleAccountProof(
                CLIENT, "https://provisioner.example.org/proof", URI.create(provider.address() + "/certs"));
        return input -> {
            String text = Expect.text(input);
            judge(proof, text);
            List<String> lines = text.lines().toList();
            if (lines.size() == 2) {
                String said = base64(lines.get(0)) + "." + base64(lines.get(1));
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(pair.getPrivate());
                signature.update(said.getBytes(StandardCharsets.US_ASCII));
                judge(proof, said + "." + base64(signature.sign()));
            }
        };
    }

    private static void judge(IdentityProof proof, String presented) {
        switch (proof.verify(presented, NONCE, ProviderAnswers.NOW)) {
            case Verdict.Proven proven ->
                Expect.same(proven.account().id().isBlank(), false, "a proven account without a name");
            case Verdict.Refused refused ->
                Expect.same(refused.reason().isBlank(), false, "a refusal without a reason");
            case Verdict.Unavailable no -> Expect.same(no.reason().isBlank(), false, "a refusal without a reason");
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
