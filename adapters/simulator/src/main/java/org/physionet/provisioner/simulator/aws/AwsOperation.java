package org.physionet.provisioner.simulator.aws;

import java.util.Map;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.audit.Journal;
import org.physionet.provisioner.simulator.aws.call.Authentication;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Headers;
import org.physionet.provisioner.simulator.aws.wire.Query;

/** One recognised call. Who makes it is found out when it is performed; what came of it is written down. */
record AwsOperation(Scene scene, Authentication authentication, Request request, Route route, Journal journal)
        implements Operation {
    @Override
    public String method() {
        return route.method();
    }

    @Override
    public Kind kind() {
        return route.kind();
    }

    @Override
    public Response perform() {
        String requestId = scene.requestId();
        Query query = Router.query(request);
        AwsCall call = null;
        try {
            call = authentication.authenticate(request, query);
            Response response = route.handler().handle(call);
            journal.write(requestId, route, request, query, call, response, null);
            return Headers.add(response, Map.of("x-amz-request-id", requestId, "x-amz-id-2", "simulator"));
        } catch (AwsException e) {
            Response response = error(e, requestId);
            journal.write(requestId, route, request, query, call, response, e);
            return response;
        }
    }

    /** The code that AWS uses for the status, unless the reason is itself a code such as {@code OperationAborted}. */
    @Override
    public Response refuse(int status, String reason) {
        boolean isCode = reason.matches("[A-Z][A-Za-z]+");
        String code = isCode ? reason : code(status);
        return error(
                new AwsException(status, code, reason.isEmpty() || isCode ? message(code) : reason), scene.requestId());
    }

    private Response error(AwsException e, String requestId) {
        return route.errors().response(e, requestId, request.method().equals("HEAD"));
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "Throttling";
            case 403 -> "AccessDenied";
            case 404 -> "NoSuchKey";
            case 409 -> "OperationAborted";
            case 429 -> "TooManyRequestsException";
            case 503 -> "SlowDown";
            default -> status < 500 ? "InvalidRequest" : "InternalError";
        };
    }

    private static String message(String code) {
        return switch (code) {
            case "OperationAborted" ->
                "A conflicting conditional operation is currently in progress against this resource. Please try again.";
            case "SlowDown" -> "Please reduce your request rate.";
            case "Throttling" -> "Rate exceeded";
            case "InternalError" -> "We encountered an internal error. Please try again.";
            case "AccessDenied" -> "Access Denied";
            default -> code;
        };
    }
}
