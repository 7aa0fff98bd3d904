package org.physionet.provisioner.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request as it arrived, free of any server library, so that a world can also run without sockets.
 *
 * @param method as sent; {@code X-HTTP-Method-Override} not yet applied
 * @param host the {@code Host} header, or the authority of an absolute-form (forward proxy) request target
 * @param rawPath path, still percent-encoded, starts with {@code /}
 * @param rawQuery query, still percent-encoded, without {@code ?}; empty if none
 * @param headers by lower-case name, values in order
 * @param body as sent on the wire: a {@code Content-Encoding} is not yet undone
 */
public record Request(
        String method, String host, String rawPath, String rawQuery, Map<String, List<String>> headers, byte[] body) {

    /** The first value of a header, by its lower-case name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}
