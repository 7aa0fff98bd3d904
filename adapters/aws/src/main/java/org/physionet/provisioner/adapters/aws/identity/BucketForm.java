package org.physionet.provisioner.adapters.aws.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.engine.model.CloudAccount;

/**
 * PhysioNet's form (facts/physionet.md 3.4, facts/aws.md A3.3): a pre-signed GET of a key that spells its own principal, in an empty bucket
 * whose policy lets everybody list what spells themselves. 404 proves, 403 does not. With a nonce in the key, which PhysioNet has not.
 */
record BucketForm(String site, String bucket) {
    private static final String REGION = "us-east-1";
    private static final Pattern KEY = Pattern.compile(
            "email=[^/]{1,400}/nonce=([A-Za-z0-9_-]{1,200})/userid=(AIDA[A-Z0-9]{8,124})/account=(\\d{12})/username=([A-Za-z0-9+=,.@_-]{1,64})/");

    /** What the URL claims, to be sent twice. */
    record Claim(ProofRequest signed, ProofRequest unsigned, CloudAccount account) {}

    List<String> instructions(String nonce) {
        return List.of(
                "Or, as PhysioNet asks for it (the user needs s3:GetObject and s3:ListBucket on the bucket " + bucket
                        + "):",
                "  aws s3 presign --region " + REGION + " --expires-in 900 's3://" + bucket + "/" + site
                        + "-verification/email=YOUR_EMAIL/nonce=" + nonce
                        + "/userid=YOUR_AIDA/account=YOUR_ACCOUNT/username=YOUR_USER/'");
    }

    Claim rebuild(String presented, String nonce, Instant now) {
        SignedUrl url = SignedUrl.parse(presented);
        url.requireOnly(Map.of());
        Signature signature = url.signature("s3", "host", now);
        ProofRefusedException.unless(signature.region().equals(REGION), "it has to be signed for the region " + REGION);
        String path = keyPath(url);
        String start = "/" + site + "-verification/";
        ProofRefusedException.unless(path.startsWith(start), "its key is not one of this site");
        Matcher key = KEY.matcher(decoded(path.substring(start.length())));
        ProofRefusedException.unless(
                key.matches(), "its key has not the form email=…/nonce=…/userid=…/account=…/username=…/");
        ProofRefusedException.unless(key.group(1).equals(nonce), "it was made for another attempt; start again");
        CloudAccount account = new CloudAccount(
                CloudAccount.AWS,
                key.group(2),
                Map.of("account", key.group(3), "username", key.group(4), "accessKeyId", signature.keyId()),
                null);
        return new Claim(
                ProofRequest.get(url.host(), url.path(), url.rebuilt(signature), Map.of()),
                ProofRequest.get(url.host(), url.path(), new TreeMap<>(), Map.of()),
                account);
    }

    /** One of the four spellings of a bucket's address; below it the key. */
    private String keyPath(SignedUrl url) {
        List<String> virtual = List.of(bucket + ".s3.amazonaws.com", bucket + ".s3." + REGION + ".amazonaws.com");
        if (virtual.contains(url.host())) {
            return url.path();
        }
        String below = "/" + bucket;
        ProofRefusedException.unless(
                List.of("s3.amazonaws.com", "s3." + REGION + ".amazonaws.com").contains(url.host())
                        && url.path().startsWith(below + "/"),
                "it is not addressed to the bucket " + bucket);
        return url.path().substring(below.length());
    }

    private static String decoded(String path) {
        ProofRefusedException.unless(
                path.matches("(?:[A-Za-z0-9._~/=@:+,-]|%[0-9A-F]{2})*") && !path.contains("//") && !path.contains(".."),
                "its key is not plainly percent-encoded");
        return java.net.URLDecoder.decode(path.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    }
}
