package org.physionet.provisioner.simulator.aws.call;

import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.wire.Query;

/** One AWS service: finds the route of a request that is for it. Finding has no effect. */
public interface Service {
    /** @param query of the request; for the query protocol, of its form too */
    Route route(Request request, Query query);
}
