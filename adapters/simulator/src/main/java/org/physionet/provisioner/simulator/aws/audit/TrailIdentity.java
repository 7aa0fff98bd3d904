package org.physionet.provisioner.simulator.aws.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.signature.Signing;

/** {@code userIdentity}: whole for the caller's own account, without ARN and name for another (facts/aws.md A4.2). */
final class TrailIdentity {
    private TrailIdentity() {}

    static ObjectNode of(Entry entry, String recipient) {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        return switch (entry.caller()) {
            case Caller.Anonymous _ ->
                identity.put("type", "AWSAccount").put("principalId", "").put("accountId", "anonymous");
            case Caller.Service service -> identity.put("type", "AWSService").put("invokedBy", service.name());
            case Caller.Known known ->
                known.account().equals(recipient)
                        ? whole(identity, known, entry)
                        : identity.put("type", "AWSAccount")
                                .put("principalId", known.userid())
                                .put("accountId", known.account());
        };
    }

    private static ObjectNode whole(ObjectNode identity, Caller.Known known, Entry entry) {
        String type = switch (known.kind()) {
            case ROOT -> "Root";
            case USER -> "IAMUser";
            case ROLE -> "AssumedRole";
        };
        identity.put("type", type)
                .put("principalId", known.userid())
                .put("arn", known.sessionArn())
                .put("accountId", known.account());
        Signing.of(entry.request()).ifPresent(signing -> identity.put("accessKeyId", signing.accessKey()));
        if (known.username() != null) {
            identity.put("userName", known.username());
        }
        if (known.kind() == Caller.Kind.ROLE) {
            ObjectNode context = identity.putObject("sessionContext");
            context.putObject("sessionIssuer")
                    .put("type", "Role")
                    .put("principalId", known.uniqueId())
                    .put("arn", known.arn())
                    .put("accountId", known.account())
                    .put("userName", known.arn().substring(known.arn().lastIndexOf('/') + 1));
            context.putObject("attributes").put("mfaAuthenticated", "false");
            if (known.sourceIdentity() != null) {
                context.put("sourceIdentity", known.sourceIdentity());
            }
        }
        return identity;
    }
}
