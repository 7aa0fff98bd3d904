package org.physionet.provisioner.simulator.aws.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;
import org.physionet.provisioner.simulator.aws.policy.S3PolicyRules;
import org.physionet.provisioner.simulator.aws.state.StoredPolicy;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/** Accepts bucket and access-point policies as S3 does, or refuses them with its words, and shows what is kept. */
public final class ResourcePolicies {
    private final Scene scene;

    public ResourcePolicies(Scene scene) {
        this.scene = scene;
    }

    /**
     * @param blocksPublic {@code BlockPublicPolicy} is on for the thing, its bucket or its account
     * @throws AwsException 400 {@code MalformedPolicy}, or 403 if the policy is public and may not be
     */
    public StoredPolicy accept(byte[] text, S3PolicyRules.Scope scope, boolean blocksPublic) {
        StoredPolicy policy;
        try {
            ObjectNode json =
                    PolicyText.parse(new String(text, StandardCharsets.UTF_8), PolicyText.RESOURCE_POLICY_LIMIT);
            new S3PolicyRules(scope).check(PolicyReader.read(json, PolicyReader.Dialect.RESOURCE));
            policy = StoredPolicy.of(scene.principals().stored(json), PolicyReader.Dialect.RESOURCE);
        } catch (PolicyGrammarException e) {
            throw malformed(e);
        }
        if (blocksPublic && policy.isPublic()) {
            throw new AwsException(
                    403,
                    "AccessDenied",
                    "public policies are blocked by the BlockPublicPolicy block public access setting.");
        }
        return policy;
    }

    /** As AWS shows it: without white space, living principals as ARNs. */
    public String show(StoredPolicy policy) {
        return PolicyText.minified(scene.principals().shown(policy.json()));
    }

    private static AwsException malformed(PolicyGrammarException e) {
        AwsException error = new AwsException(400, "MalformedPolicy", String.valueOf(e.getMessage()));
        String detail = e.detail();
        return detail == null ? error : error.with("Detail", detail);
    }
}
