package org.physionet.provisioner.adapters.aws.identity;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.IdentityProof;

/** Proof of an AWS identity in three forms (facts/aws.md A3.1): the stock command line's token, signed headers, PhysioNet's pre-signed URL. */
public final class AwsIdentityProof implements IdentityProof {
    private static final int LONGEST = 16 * 1024;
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,128}");
    private static final Pattern TOKEN_IN_JSON = Pattern.compile("\"token\"\\s*:\\s*\"(k8s-aws-v1\\.[A-Za-z0-9_-]+)\"");

    private final TokenForm token;
    private final HeaderForm headers;
    private final @Nullable BucketForm bucket;
    private final CallerIdentity identity;
    private final ProofWire wire;

    /** @param calls told of every request to AWS */
    public AwsIdentityProof(AwsSettings.Proof proof, AwsSettings settings, CallListener calls) {
        token = new TokenForm(proof.site());
        headers = new HeaderForm(proof.site());
        bucket = proof.bucket() == null ? null : new BucketForm(proof.site(), proof.bucket());
        identity = new CallerIdentity(proof.roles());
        wire = new ProofWire(settings.endpoint(), calls);
    }

    @Override
    public List<String> instructions(String nonce) {
        List<String> all = new ArrayList<>(token.instructions(requireNonce(nonce)));
        if (bucket != null) {
            all.addAll(bucket.instructions(nonce));
        }
        return all;
    }

    @Override
    public Verdict verify(String presented, String nonce, Instant now) {
        requireNonce(nonce);
        String text = presented.strip();
        try {
            ProofRefusedException.unless(!text.isEmpty() && text.length() <= LONGEST, "it is empty or far too long");
            if (bucket != null && text.startsWith("https://")) {
                return proveByBucket(bucket.rebuild(text, nonce, now));
            }
            var inJson = TOKEN_IN_JSON.matcher(text);
            String own = inJson.find() ? inJson.group(1) : text;
            return ask(token.takes(own) ? token.rebuild(own, nonce, now) : headers.rebuild(text, nonce, now));
        } catch (ProofRefusedException e) {
            return new Verdict.Refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Verdict.Unavailable(
                    "AWS could not be asked (" + e.getClass().getSimpleName() + "); try again");
        }
    }

    private Verdict ask(ProofRequest request) throws IOException {
        ProofWire.Answer answer = wire.send(request, "sts.GetCallerIdentity");
        if (answer.status() >= 500 || answer.status() == 429) {
            return new Verdict.Unavailable("AWS STS answered " + answer.status() + "; try again");
        }
        if (answer.status() != 200 || answer.isTooLong()) {
            return new Verdict.Refused("AWS STS does not accept the signature (" + answer.status()
                    + "): it was made for another site or attempt, was altered, or the access key is not active");
        }
        return identity.judge(answer.text());
    }

    /** Signed 404 and unsigned 403: the second shows that it is the signature that opens (facts/physionet.md 3.4). */
    private Verdict proveByBucket(BucketForm.Claim claim) throws IOException {
        int signed = wire.send(claim.signed(), "s3.GetObject").status();
        if (signed >= 500 || signed == 429) {
            return new Verdict.Unavailable("S3 answered " + signed + "; try again");
        }
        if (signed != 404) {
            return new Verdict.Refused(
                    "S3 does not take the signer for the user that the address spells (" + signed
                            + "); compare with aws sts get-caller-identity, and allow that user s3:GetObject and s3:ListBucket");
        }
        int unsigned = wire.send(claim.unsigned(), "s3.GetObject").status();
        return unsigned == 403
                ? new Verdict.Proven(claim.account())
                : new Verdict.Refused("the verification bucket answers " + unsigned
                        + " without a signature, expected 403: its policy is wrong, tell the site's administrator");
    }

    private static String requireNonce(String nonce) {
        if (!NONCE.matcher(nonce).matches()) {
            throw new IllegalArgumentException("nonce: expected 16 to 128 of A-Z, a-z, 0-9, - and _");
        }
        return nonce;
    }
}
