package org.physionet.provisioner.adapters.aws.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.Signer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * A key of AWS KMS: key spec {@code ECC_NIST_EDWARDS25519}, key usage {@code SIGN_VERIFY}, signing with {@code ED25519_SHA_512} over the
 * message itself ({@code MessageType} {@code RAW}), which is RFC 8032's Ed25519 (KMS API reference, Sign). The other algorithm of such
 * keys, over a digest, is another signature and is not used. A message has at most 4,096 bytes there; ours have a few hundred.
 *
 * <p>Needs {@code kms:GetPublicKey} and {@code kms:Sign}. An alias is followed once: afterwards the key that it meant then signs.
 */
public final class KmsSigner implements Signer {
    private static final String SCHEME = "awskms:";
    private static final Pattern NAME =
            Pattern.compile("(?:arn:aws[a-z-]*:kms:([a-z0-9-]+):\\d{12}:)?(?:key/)?(alias/[\\w/-]+|[\\w-]+)");

    private final LazyClients clients;
    private final String name;
    private final @Nullable String region;
    private @Nullable GetPublicKeyResponse key;

    private KmsSigner(LazyClients clients, String name, @Nullable String region) {
        this.clients = clients;
        this.name = name;
        this.region = region;
    }

    /** Whether a value of {@code ledger.key} is of this kind. */
    public static boolean is(String key) {
        return key.startsWith(SCHEME);
    }

    /** @throws IllegalArgumentException if it names no key */
    public static KmsSigner of(String key, LazyClients clients) {
        String name = key.substring(SCHEME.length());
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected awskms:ARN, awskms:alias/NAME or awskms:KEY-ID, found \"" + key + "\"");
        }
        return new KmsSigner(clients, name, matcher.group(1));
    }

    @Override
    public byte[] publicKey() {
        return key().publicKey().asByteArray();
    }

    private synchronized GetPublicKeyResponse key() {
        if (key == null) {
            GetPublicKeyResponse found = call("GetPublicKey", kms -> kms.getPublicKey(r -> r.keyId(name)));
            if (found.keySpec() != KeySpec.ECC_NIST_EDWARDS25519
                    || !found.signingAlgorithms().contains(SigningAlgorithmSpec.ED25519_SHA_512)) {
                throw failed(
                        "its key spec is " + found.keySpecAsString() + ", expected ECC_NIST_EDWARDS25519; make one: "
                                + "aws kms create-key --key-usage SIGN_VERIFY --key-spec ECC_NIST_EDWARDS25519",
                        null);
            }
            key = found;
        }
        return key;
    }

    @Override
    public byte[] sign(byte[] message) {
        String arn = key().keyId();
        return call(
                        "Sign",
                        kms -> kms.sign(r -> r.keyId(arn)
                                .message(SdkBytes.fromByteArray(message))
                                .messageType(MessageType.RAW)
                                .signingAlgorithm(SigningAlgorithmSpec.ED25519_SHA_512)))
                .signature()
                .asByteArray();
    }

    private <T> T call(String action, Function<KmsClient, T> asked) {
        try {
            return asked.apply(
                    clients.get().kms(region == null ? clients.settings().region() : region));
        } catch (SdkException e) {
            throw failed(said(action, e), e);
        }
    }

    private static String said(String action, SdkException e) {
        if (!(e instanceof AwsServiceException refusal)) {
            return "AWS KMS did not answer " + action + ": " + e.getMessage();
        }
        String code = AwsErrors.code(refusal);
        String next = switch (code) {
            case "AccessDeniedException" ->
                "; the engine's role lacks kms:" + action
                        + " on the key: allow it in the key's policy or in the role's";
            case "NotFoundException" -> "; look at the name and at aws.region: aws kms describe-key";
            case "DisabledException", "KMSInvalidStateException" -> "; switch it on: aws kms enable-key";
            case "UnsupportedOperationException", "InvalidKeyUsageException" ->
                "; the key does not sign: make one with --key-usage SIGN_VERIFY --key-spec ECC_NIST_EDWARDS25519";
            default -> "";
        };
        return "AWS KMS answered " + action + " with " + refusal.statusCode() + " " + code + next;
    }

    private UncheckedIOException failed(String why, @Nullable Throwable cause) {
        return new UncheckedIOException(SCHEME + name + ": " + why, new IOException(why, cause));
    }

    @Override
    public String toString() {
        return SCHEME + name;
    }
}
