package org.physionet.provisioner.simulator.gcp;

import java.util.Map;
import java.util.function.Supplier;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;

/** A recognised call; the state is looked up when it is performed, because it may be replaced in between. */
record GoogleOperation(Route route, Request request, Map<String, String> variables, Supplier<GoogleState> state)
        implements Operation {
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
        try {
            return route.handler().handle(state.get(), Call.of(request, variables));
        } catch (GoogleError error) {
            return route.service().answer(error);
        }
    }

    @Override
    public Response refuse(int status, String reason) {
        return route.service().refuse(this, status, reason);
    }
}
