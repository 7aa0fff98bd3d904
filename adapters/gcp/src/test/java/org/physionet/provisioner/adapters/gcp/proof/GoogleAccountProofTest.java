package org.physionet.provisioner.adapters.gcp.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.adapter.IdentityProof.Verdict;

/** Tokens signed with keys of our own, served as Google serves its. */
class GoogleAccountProofTest {
    private static final Instant NOW = Instant.parse("2027-03-10T12:00:00Z");
    private static final String CLIENT = "client-1.apps.googleusercontent.com";
    private static final KeyPair GOOGLES = pair();
    private static final KeyPair ANOTHERS = pair();

    private final HttpServer keys = serve();
    private final GoogleAccountProof proof = new GoogleAccountProof(
            CLIENT,
            "https://provisioner.example.org/proof",
            URI.create("http://127.0.0.1:" + keys.getAddress().getPort() + "/certs"));

    @AfterEach
    void close() {
        keys.stop(0);
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static HttpServer serve() {
        RSAPublicKey key = (RSAPublicKey) GOOGLES.getPublic();
        byte[] body = ("{\"keys\":[{\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"kid\":\"k1\",\"n\":\""
                        + base64(key.getModulus()) + "\",\"e\":\"" + base64(key.getPublicExponent()) + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/certs", exchange -> {
                try (exchange) {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Object> claims(@Nullable Object... changes) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                "https://accounts.google.com",
                "aud",
                CLIENT,
                "sub",
                "1234567890",
                "email",
                "Ada@gmail.com",
                "email_verified",
                true,
                "nonce",
                "nonce-1",
                "iat",
                NOW.getEpochSecond() - 10,
                "exp",
                NOW.getEpochSecond() + 3600));
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                claims.remove(String.valueOf(changes[i]));
            } else {
                claims.put(String.valueOf(changes[i]), changes[i + 1]);
            }
        }
        return claims;
    }

    private static String unsigned(String algorithm, Map<String, Object> claims) {
        return base64(("{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\",\"typ\":\"JWT\"}")
                        .getBytes(StandardCharsets.UTF_8))
                + "." + base64(new Gson().toJson(claims).getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(KeyPair key, Map<String, Object> claims) throws Exception {
        String text = unsigned("RS256", claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return text + "." + base64(signature.sign());
    }

    private Verdict verdict(Map<String, Object> claims) throws Exception {
        return proof.verify(signed(GOOGLES, claims), "nonce-1", NOW);
    }

    private static void assertRefused(Verdict verdict, String reason) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://accounts.google.com", "accounts.google.com"})
    void anAccountOfGmailIsProvenAndKeyedOnItsSubject(String issuer) throws Exception {
        assertThat(verdict(claims("iss", issuer))).isInstanceOfSatisfying(Verdict.Proven.class, proven -> {
            assertThat(proven.account().id()).isEqualTo("Ada@gmail.com");
            assertThat(proven.account().attributes()).containsEntry("subject", "1234567890");
            assertThat(proven.account().usable()).isTrue();
        });
    }

    @Test
    void anAddressOfAWorkspaceDomainIsProvenAndOneThatGoogleDoesNotRunNeedsMailToo() throws Exception {
        assertThat(verdict(claims("email", "ada@uni.example.org", "hd", "uni.example.org")))
                .isInstanceOfSatisfying(
                        Verdict.Proven.class,
                        proven -> assertThat(proven.account().usable()).isTrue());
        assertThat(verdict(claims("email", "ada@uni.example.org")))
                .isInstanceOfSatisfying(
                        Verdict.Proven.class,
                        proven -> assertThat(proven.account().unusable()).contains("by mail"));
    }

    @Test
    void aTokenIsBadOnceItsEndIsReachedAndWhenItHasNone() throws Exception {
        assertRefused(verdict(claims("exp", NOW.getEpochSecond())), "run out");
        assertRefused(verdict(claims("exp", null)), "run out");
        assertThat(verdict(claims("exp", NOW.getEpochSecond() + 1))).isInstanceOf(Verdict.Proven.class);
        assertRefused(verdict(claims("iat", NOW.getEpochSecond() + 600)), "clock");
    }

    @ParameterizedTest
    @CsvSource({
        "aud, another-client, for this site",
        "iss, https://accounts.example.org, not issued by Google",
        "iss, https://accounts.google.com.example.org, not issued by Google",
        "nonce, nonce-2, another attempt",
        "email, nonsense, e-mail address",
        "sub, ' ', no account"
    })
    void aTokenThatIsForSomebodyElseOrSomethingElseIsRefused(String claim, String value, String reason)
            throws Exception {
        assertRefused(verdict(claims(claim, value)), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "email", "sub", "aud", "iss", "email_verified"})
    void nothingMayBeMissing(String claim) throws Exception {
        assertThat(verdict(claims(claim, null))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void anAddressThatGoogleHasNotVerifiedIsRefusedAlsoWhenItSaysSoInWords() throws Exception {
        assertRefused(verdict(claims("email_verified", false)), "not verified");
        assertRefused(verdict(claims("email_verified", "true")), "not verified");
    }

    @Test
    void anEmptyNonceProvesNothing() throws Exception {
        assertRefused(proof.verify(signed(GOOGLES, claims("nonce", "")), "", NOW), "another attempt");
    }

    @Test
    void aForgedOrAlteredTokenIsRefused() throws Exception {
        assertRefused(proof.verify(signed(ANOTHERS, claims()), "nonce-1", NOW), "not signed by Google");
        String[] parts = signed(GOOGLES, claims()).split("\\.");
        String other = unsigned("RS256", claims("email", "eve@gmail.com"));
        assertRefused(proof.verify(other + "." + parts[2], "nonce-1", NOW), "not signed by Google");
    }

    @Test
    void anAlgorithmThatNeedsNoKeyOfGooglesIsRefused() throws Exception {
        String none = unsigned("none", claims());
        assertThat(proof.verify(none + ".", "nonce-1", NOW)).isInstanceOf(Verdict.Refused.class);
        assertThat(proof.verify(none + ".AA", "nonce-1", NOW)).isInstanceOf(Verdict.Refused.class);
        String shared = unsigned("HS256", claims());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(GOOGLES.getPublic().getEncoded(), "HmacSHA256"));
        String forged = shared + "." + base64(mac.doFinal(shared.getBytes(StandardCharsets.UTF_8)));
        assertThat(proof.verify(forged, "nonce-1", NOW)).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "a.b.c", "..", "{\"email\":\"ada@gmail.com\"}", "e30.e30.e30"})
    void whatIsNoTokenIsRefused(String presented) {
        assertThat(proof.verify(presented, "nonce-1", NOW)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void withoutGooglesKeysNothingIsDecided() throws Exception {
        keys.stop(0);

        assertThat(verdict(claims())).isInstanceOf(Verdict.Unavailable.class);
    }

    @Test
    void theInstructionsLeadToGoogleWithThisAttemptsNonce() {
        assertThat(proof.instructions("n/1"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("https://accounts.google.com/o/oauth2/v2/auth?client_id=" + CLIENT)
                        .contains("nonce=n%2F1"));
    }
}
