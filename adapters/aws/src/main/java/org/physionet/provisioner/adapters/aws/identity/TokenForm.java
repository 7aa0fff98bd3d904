package org.physionet.provisioner.adapters.aws.identity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * What the stock command line makes (facts/aws.md A3.2b): {@code aws eks get-token --cluster-name 'SITE/n=NONCE'} prints a pre-signed
 * {@code GetCallerIdentity} whose signed header {@code x-k8s-aws-id} is the given text. It calls nothing and needs no permission. A
 * cluster's name has no slash and no equals sign, so neither side's token is good at the other.
 */
record TokenForm(String site) {
    private static final String START = "k8s-aws-v1.";
    private static final Pattern TOKEN = Pattern.compile(Pattern.quote(START) + "([A-Za-z0-9_-]{100,8000})");
    private static final Map<String, String> ACTION = Map.of("Action", "GetCallerIdentity", "Version", "2011-06-15");

    List<String> instructions(String nonce) {
        return List.of(
                "Run this as the IAM user whose access you want (it calls nothing and needs no permission):",
                "  aws eks get-token --region us-east-1 --cluster-name '" + audience(nonce)
                        + "' --query status.token --output text",
                "Paste what it prints within 5 minutes. It works for this page and this attempt alone; give it to nobody else.");
    }

    boolean takes(String presented) {
        return presented.startsWith(START);
    }

    ProofRequest rebuild(String presented, String nonce, Instant now) {
        var matcher = TOKEN.matcher(presented);
        ProofRefusedException.unless(
                matcher.matches(), "the token is cut off or has foreign characters; paste all of it");
        SignedUrl url = SignedUrl.parse(text(matcher.group(1)));
        ProofRefusedException.unless(url.path().equals("/"), "the token's URL has a path");
        url.requireOnly(ACTION);
        Signature signature = url.signature("sts", "host;x-k8s-aws-id", now);
        SortedMap<String, String> query = url.rebuilt(signature);
        query.putAll(ACTION);
        return ProofRequest.get(
                StsHosts.require(url.host(), signature.region()),
                "/",
                query,
                Map.of("x-k8s-aws-id", audience(nonce), "Accept", "application/json"));
    }

    private static String text(String base64) {
        try {
            return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw new ProofRefusedException("the token is not base64; paste all of it");
        }
    }

    private String audience(String nonce) {
        return site + "/n=" + nonce;
    }
}
