package org.physionet.provisioner.fuzz.inputs;

import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.Statement;

/** Policies of S3 as they come back; a policy that was rendered is read and rendered again as the same text. */
final class BucketPolicies implements Target {
    @Override
    public void feed(byte[] input) {
        Policy policy;
        try {
            policy = Policy.parse(Expect.text(input));
        } catch (IllegalArgumentException e) {
            Expect.toName(e.getMessage(), "policy: expected");
            return;
        }
        String canonical = policy.render();
        Policy again = Policy.parse(canonical);
        Expect.same(again.render(), canonical, "a rendered policy that was read again");
        Expect.same(Statement.allSayTheSame(policy.statements(), again.statements()), true, "what the statements say");
        for (Statement statement : policy.statements()) {
            statement.awsPrincipals();
            statement.actions();
            statement.resources();
            statement.conditions();
            statement.namesEverybody();
        }
    }
}
