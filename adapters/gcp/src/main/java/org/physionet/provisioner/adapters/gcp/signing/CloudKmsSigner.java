package org.physionet.provisioner.adapters.gcp.signing;

import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.calls.PlainCalls;
import org.physionet.provisioner.engine.adapter.Signer;

/**
 * A key version of Cloud KMS: purpose {@code ASYMMETRIC_SIGN}, algorithm {@code EC_SIGN_ED25519}, which signs {@code data} and not a
 * digest (v1 REST reference, {@code cryptoKeyVersions.asymmetricSign}). What goes and comes is held against its checksums, as Google
 * asks for.
 *
 * <p>Needs {@code cloudkms.cryptoKeyVersions.viewPublicKey} and {@code …useToSign}: role {@code cloudkms.signerVerifier} on the key.
 * Another version is another key: change it with {@code audit key change}.
 */
public final class CloudKmsSigner implements Signer {
    private static final String SCHEME = "gcpkms:";
    private static final String HOST = "cloudkms.googleapis.com";
    private static final String ALGORITHM = "EC_SIGN_ED25519";
    private static final Pattern NAME = Pattern.compile(
            "projects/[^/:]+(?::[^/:]+)?/locations/[^/:]+/keyRings/[^/:]+/cryptoKeys/[^/:]+/cryptoKeyVersions/\\d+");

    private final GoogleClients clients;
    private final String name;
    private byte @Nullable [] publicKey;

    private CloudKmsSigner(GoogleClients clients, String name) {
        this.clients = clients;
        this.name = name;
    }

    /** Whether a value of {@code ledger.key} is of this kind. */
    public static boolean is(String key) {
        return key.startsWith(SCHEME);
    }

    /** @throws IllegalArgumentException if it names no version of a key */
    public static CloudKmsSigner of(String key, GoogleClients clients) {
        String name = key.substring(SCHEME.length()).replaceFirst("^/+", "");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected gcpkms:projects/P/locations/L/keyRings/R/cryptoKeys/K/cryptoKeyVersions/N, found \"" + key
                            + "\"");
        }
        return new CloudKmsSigner(clients, name);
    }

    @Override
    public synchronized byte[] publicKey() {
        if (publicKey == null) {
            Map<?, ?> found = call(
                    "getPublicKey",
                    "cloudkms.cryptoKeyVersions.viewPublicKey",
                    google -> google.get(HOST, "/v1/" + name + "/publicKey"));
            String pem = text(found, "pem");
            if (!text(found, "algorithm").equals(ALGORITHM)) {
                throw failed(
                        "its algorithm is " + text(found, "algorithm") + ", expected " + ALGORITHM
                                + "; make one: gcloud kms keys create --purpose=asymmetric-signing"
                                + " --default-algorithm=ec-sign-ed25519",
                        null);
            }
            requireWhole(text(found, "pemCrc32c"), pem.getBytes(StandardCharsets.UTF_8));
            publicKey = Base64.getMimeDecoder()
                    .decode(pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "")
                            .strip());
        }
        return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
        Map<String, String> body =
                Map.of("data", Base64.getEncoder().encodeToString(message), "dataCrc32c", crc(message));
        Map<?, ?> answer = call(
                "asymmetricSign",
                "cloudkms.cryptoKeyVersions.useToSign",
                google -> google.post(HOST, "/v1/" + name + ":asymmetricSign", body));
        if (!Boolean.TRUE.equals(answer.get("verifiedDataCrc32c"))
                || !text(answer, "name").equals(name)) {
            throw failed("Cloud KMS did not confirm what it signed, or signed with " + text(answer, "name"), null);
        }
        byte[] signature = Base64.getDecoder().decode(text(answer, "signature"));
        requireWhole(text(answer, "signatureCrc32c"), signature);
        return signature;
    }

    private void requireWhole(String told, byte[] received) {
        if (!told.equals(crc(received))) {
            throw failed("what Cloud KMS sent does not have the checksum that it said: run it again", null);
        }
    }

    private static String crc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return String.valueOf(crc.getValue());
    }

    private static String text(Map<?, ?> answer, String field) {
        Object value = answer.get(field);
        return value == null ? "" : value.toString();
    }

    @FunctionalInterface
    private interface Asked {
        Map<?, ?> of(PlainCalls google) throws IOException;
    }

    private Map<?, ?> call(String method, String permission, Asked asked) {
        try {
            return asked.of(clients.plain());
        } catch (HttpResponseException e) {
            String next = switch (e.getStatusCode()) {
                case 403 ->
                    "; the engine's account lacks " + permission
                            + " on the key: gcloud kms keys add-iam-policy-binding … --role=roles/cloudkms.signerVerifier";
                case 404 -> "; look at the name: gcloud kms keys versions list";
                default -> "";
            };
            throw failed("Cloud KMS answered " + method + " with " + e.getStatusCode() + next, e);
        } catch (IOException e) {
            throw failed("Cloud KMS did not answer " + method + ": " + e.getMessage(), e);
        }
    }

    private UncheckedIOException failed(String why, @Nullable Throwable cause) {
        return new UncheckedIOException(SCHEME + name + ": " + why, new IOException(why, cause));
    }

    @Override
    public String toString() {
        return SCHEME + name;
    }
}
