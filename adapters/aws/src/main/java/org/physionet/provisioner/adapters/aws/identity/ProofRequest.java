package org.physionet.provisioner.adapters.aws.identity;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request of our making that carries somebody's signature. Nothing of the presented text is in it but what its parser took out and
 * checked (facts/aws.md A3.2, "rebuild, do not validate-and-forward").
 *
 * @param method {@code GET} or {@code POST}
 * @param host from the allow-list
 * @param path absolute, percent-encoded
 * @param query each parameter once, not encoded
 * @param headers beside {@code Host}
 * @param body empty for {@code GET}
 */
record ProofRequest(
        String method,
        String host,
        String path,
        SortedMap<String, String> query,
        SortedMap<String, String> headers,
        String body) {
    ProofRequest {
        query = Collections.unmodifiableSortedMap(new TreeMap<>(query));
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    static ProofRequest get(String host, String path, Map<String, String> query, Map<String, String> headers) {
        return new ProofRequest("GET", host, path, new TreeMap<>(query), new TreeMap<>(headers), "");
    }

    @Override
    public String toString() {
        return "ProofRequest[" + method + " " + host + "]";
    }
}
