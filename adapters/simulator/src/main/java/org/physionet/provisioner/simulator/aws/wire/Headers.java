package org.physionet.provisioner.simulator.aws.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import org.physionet.provisioner.simulator.Response;

/** Adds headers to an answer. */
public final class Headers {
    private Headers() {}

    public static Response add(Response response, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(response.headers());
        all.putAll(headers);
        return new Response(response.status(), all, response.body());
    }
}
