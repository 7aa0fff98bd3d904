package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PublicPolicy;

/**
 * A policy as AWS keeps it: principals by unique id.
 *
 * @param json what is shown after ids are turned into ARNs
 * @param document the same, understood
 * @param isPublic by AWS's meaning for Block Public Access
 */
public record StoredPolicy(ObjectNode json, PolicyDocument document, boolean isPublic) {
    /** @throws org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException if it is no policy */
    public static StoredPolicy of(ObjectNode json, PolicyReader.Dialect dialect) {
        PolicyDocument document = PolicyReader.read(json, dialect);
        return new StoredPolicy(json, document, PublicPolicy.isPublic(document));
    }
}
