package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;

/**
 * A policy as AWS keeps it: principals by unique id.
 *
 * @param json what is shown after ids are turned into ARNs
 * @param document the same, understood
 */
public record StoredPolicy(ObjectNode json, PolicyDocument document) {
    /** @throws org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException if it is no policy */
    public static StoredPolicy of(ObjectNode json, PolicyReader.Dialect dialect) {
        return new StoredPolicy(json, PolicyReader.read(json, dialect));
    }
}
