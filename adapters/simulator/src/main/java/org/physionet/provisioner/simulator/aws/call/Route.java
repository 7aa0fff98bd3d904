package org.physionet.provisioner.simulator.aws.call;

import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;

/**
 * Where a request goes.
 *
 * @param method {@code s3.PutBucketPolicy}
 */
public record Route(String method, Kind kind, ErrorForm errors, Handler handler) {
    /** Answers a call whose caller is known, or throws {@link AwsException}. */
    @FunctionalInterface
    public interface Handler {
        Response handle(AwsCall call);
    }

    /** A route that always answers one error: what is not simulated, or can not be understood. */
    public static Route to(String method, ErrorForm errors, AwsException error) {
        return new Route(method, Kind.READ, errors, _ -> {
            throw error;
        });
    }

    /** A method that AWS has and the simulator has not. */
    public static Route missing(String method, ErrorForm errors) {
        return to(
                method,
                errors,
                new AwsException(
                        501, "NotImplemented", method + " is not simulated; CONFORMANCE-aws.md lists what is."));
    }
}
