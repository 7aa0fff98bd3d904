package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** One provider in the simulated world. All calls into it are made while the world's lock is held. */
public interface SimulatedCloud {
    /** {@code gcp} or {@code aws}: the key of its part of the state. */
    String provider();

    /** The API call that a request is, or empty if the request is not for this provider. Unknown methods of a provider
     * that is clearly meant are operations too: they answer the provider's own 404 or 501 and name what is missing. */
    Optional<Operation> recognise(Request request);

    /**
     * Whether a principal can read a resource's data now, by any path, by effective (propagated) policy.
     *
     * @param principal {@code user:EMAIL}, {@code AIDA…}, {@code AROA…}
     * @param resource {@code gs://…}, {@code bq://…}, {@code s3://…}
     * @throws IllegalArgumentException if either can not be understood; the message says why
     */
    Verdict canRead(String principal, String resource);

    /** Whether this provider owns resources of the scheme, e.g. {@code gs}. */
    boolean ownsScheme(String scheme);

    ObjectNode dump();

    /** @throws IllegalArgumentException naming the field if the state is not understood; nothing is changed then */
    void load(ObjectNode state);

    void reset();

    /**
     * A control call of this provider's own, {@code POST /_simulator/PROVIDER/NAME} with a JSON body, e.g. deleting an
     * account. All or nothing.
     *
     * @return the answer, or empty if the provider has no such call
     * @throws IllegalArgumentException naming the field if the body is not understood; nothing is changed then
     */
    default Optional<ObjectNode> control(String name, ObjectNode body) {
        return Optional.empty();
    }

    /** The answer to "can this principal read this?" and the path or refusal that decides it. */
    record Verdict(boolean allowed, String because) {}
}
