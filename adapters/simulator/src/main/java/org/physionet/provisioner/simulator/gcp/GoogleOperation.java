package org.physionet.provisioner.simulator.gcp;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;

/** A recognised call; the state is looked up when it is performed, because it may be replaced in between. */
final class GoogleOperation implements Operation {
    private final Route route;
    private final Request request;
    private final Map<String, String> variables;
    private final Supplier<GoogleState> state;
    private boolean succeeded;

    GoogleOperation(Route route, Request request, Map<String, String> variables, Supplier<GoogleState> state) {
        this.route = route;
        this.request = request;
        this.variables = Map.copyOf(variables);
        this.state = state;
    }

    @Override
    public String method() {
        return route.name();
    }

    @Override
    public Kind kind() {
        return route.kind();
    }

    @Override
    public Response perform() {
        GoogleState current = state.get();
        current.settle();
        Response answer = answer(current);
        succeeded = answer.status() < 300;
        if (route.service() == Service.STORAGE) {
            Optional.ofNullable(variables.get("bucket"))
                    .flatMap(current::bucket)
                    .ifPresent(bucket -> {
                        Optional<String> object = Optional.ofNullable(variables.get("object"));
                        current.logging.usage.record(current, request, bucket, method(), object, answer);
                    });
        }
        return answer;
    }

    private Response answer(GoogleState current) {
        try {
            ServiceUsageApi.needEnabled(current, route, request, variables);
            return route.handler().handle(current, call());
        } catch (GoogleError error) {
            return route.service().answer(error);
        }
    }

    private Call call() {
        return Call.of(request, variables);
    }

    /** A creation of a group that was made and then fails may leave half a group (facts/gcp.md 2, row 17). */
    @Override
    public Response refuse(int status, String reason) {
        if (succeeded && status >= 500 && state.get().switches.halfCreatedGroups()) {
            HalfCreated.mark(state.get(), route, call());
        }
        return route.service().refuse(this, status, reason);
    }
}
