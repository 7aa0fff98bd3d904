package org.physionet.provisioner.adapters.aws.identity;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a SigV4 signature, each checked for its form.
 *
 * @param keyId of the access key
 * @param scope {@code DATE/REGION/SERVICE/aws4_request}
 * @param region of the scope
 * @param signature 64 hexadecimal digits
 * @param token of a session, null: a user's own key
 */
record Signature(
        String keyId,
        String scope,
        String region,
        String date,
        String signature,
        @Nullable String token) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /** How far the signer's clock may be off, and how old a proof may be (facts/aws.md A3.2, rule 3). */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Pattern CREDENTIAL = Pattern.compile(
            "((?:AKIA|ASIA)[A-Z0-9]{12,124})/((\\d{8})/([a-z0-9-]{4,32})/([a-z0-9]{2,16})/aws4_request)");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/=_-]{16,3000}");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    /** @throws ProofRefusedException if a part is not what its place asks for, or the signature is too old */
    static Signature of(
            String credential, String date, String signature, @Nullable String token, String service, Instant now) {
        Matcher matcher = CREDENTIAL.matcher(credential);
        ProofRefusedException.unless(
                matcher.matches(), "the credential has not the form KEY/DATE/REGION/" + service + "/aws4_request");
        ProofRefusedException.unless(
                matcher.group(5).equals(service),
                "it was signed for the service " + matcher.group(5) + ", not " + service);
        ProofRefusedException.unless(HEX.matcher(signature).matches(), "the signature is not 64 hexadecimal digits");
        ProofRefusedException.unless(
                token == null || TOKEN.matcher(token).matches(), "the session token has characters that none has");
        Instant signed = instant(date);
        ProofRefusedException.unless(
                date.startsWith(matcher.group(3)), "the signature's date and its scope's date differ");
        ProofRefusedException.unless(
                Duration.between(signed, now).abs().compareTo(WINDOW) <= 0,
                "it was signed at " + signed + ", more than 5 minutes from now; sign again, and check your clock");
        return new Signature(matcher.group(1), matcher.group(2), matcher.group(4), date, signature, token);
    }

    String credential() {
        return keyId + "/" + scope;
    }

    private static Instant instant(String date) {
        try {
            return LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new ProofRefusedException("X-Amz-Date has not the form 20260102T030405Z");
        }
    }

    @Override
    public String toString() {
        return "Signature[" + keyId + "]";
    }
}
