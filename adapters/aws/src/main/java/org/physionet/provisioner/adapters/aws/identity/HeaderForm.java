package org.physionet.provisioner.adapters.aws.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code GetCallerIdentity} signed in its headers (facts/aws.md A3.2 a), brought as JSON: {@code {"authorization": …, "x-amz-date": …,
 * "x-amz-security-token": …}}. Method, host, path, body and every other header are ours, the audience and the nonce among them.
 */
record HeaderForm(String site) {
    private static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";
    private static final String CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String AUDIENCE = "x-provisioner-audience";
    private static final String NONCE = "x-provisioner-nonce";
    private static final String HASH = "x-amz-content-sha256";
    private static final String TOKEN = "x-amz-security-token";
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^,\\s]+), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]+)");
    private static final Set<String> FIELDS = Set.of("authorization", "x-amz-date", TOKEN);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    ProofRequest rebuild(String presented, String nonce, Instant now) {
        JsonNode fields = fields(presented);
        Matcher matcher = AUTHORIZATION.matcher(fields.path("authorization").asText());
        ProofRefusedException.unless(matcher.matches(), "authorization is not a SigV4 Authorization header");
        String token = fields.has(TOKEN) ? fields.path(TOKEN).asText() : null;
        Signature signature =
                Signature.of(matcher.group(1), fields.path("x-amz-date").asText(), matcher.group(3), token, "sts", now);
        String signed = matcher.group(2);
        requireSigned(signed, token != null);
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("content-type", CONTENT_TYPE);
        headers.put("x-amz-date", signature.date());
        headers.put(AUDIENCE, site);
        headers.put(NONCE, nonce);
        headers.put("Accept", "application/json");
        headers.put(
                "Authorization",
                Signature.ALGORITHM + " Credential=" + signature.credential() + ", SignedHeaders=" + signed
                        + ", Signature=" + signature.signature());
        if (signature.token() != null) {
            headers.put(TOKEN, signature.token());
        }
        if (signed.contains(HASH)) {
            headers.put(HASH, sha256(BODY));
        }
        return new ProofRequest("POST", StsHosts.of(signature.region()), "/", new TreeMap<>(), headers, BODY);
    }

    private static JsonNode fields(String presented) {
        JsonNode fields;
        try {
            fields = JSON.readTree(presented);
        } catch (JsonProcessingException e) {
            throw new ProofRefusedException("it is neither a token (k8s-aws-v1.…), nor a pre-signed URL, nor JSON");
        }
        ProofRefusedException.unless(fields.isObject(), "expected a JSON object");
        Set<String> names = new HashSet<>();
        fields.fieldNames().forEachRemaining(names::add);
        ProofRefusedException.unless(
                FIELDS.containsAll(names) && names.contains("authorization") && names.contains("x-amz-date"),
                "expected the fields authorization, x-amz-date and, for a session, x-amz-security-token alone");
        fields.forEach(f -> ProofRefusedException.unless(f.isTextual(), "expected texts"));
        return fields;
    }

    /** Everything that binds the signature to us has to be signed; nothing more is, since nothing more is sent. */
    private static void requireSigned(String signed, boolean session) {
        Set<String> expected = new TreeSet<>(Set.of("content-type", "host", "x-amz-date", AUDIENCE, NONCE));
        if (session) {
            expected.add(TOKEN);
        }
        Set<String> actual = new TreeSet<>(java.util.List.of(signed.split(";")));
        actual.remove(HASH);
        ProofRefusedException.unless(actual.equals(expected), "the signed headers have to be " + expected);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
