package org.physionet.provisioner.simulator.aws.call;

import java.util.Optional;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.OwnSide;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Query;

/**
 * A request whose signature, if it has one, is verified.
 *
 * @param query its parameters; of the query protocol, those of the form
 * @param payload unwrapped from chunks
 * @param region of the signature's scope; {@code us-east-1} if it is not signed
 */
public record AwsCall(Request request, Query query, byte[] payload, Caller caller, OwnSide own, String region) {

    /** @throws AwsException 403 if the request is not signed */
    public Caller.Known known() {
        return switch (caller) {
            case Caller.Known known -> known;
            case Caller.Anonymous _, Caller.Service _ ->
                throw new AwsException(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
        };
    }

    public Optional<String> header(String name) {
        return request.header(name);
    }

    /** A parameter of the query protocol. @throws AwsException 400 if it is missing */
    public String parameter(String name) {
        return query.get(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new AwsException(
                        400,
                        "ValidationError",
                        "1 validation error detected: Value null at '" + name
                                + "' failed to satisfy constraint: Member must not be null"));
    }
}
