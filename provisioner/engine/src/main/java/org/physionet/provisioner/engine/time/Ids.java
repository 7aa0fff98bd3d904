package org.physionet.provisioner.engine.time;

/** New ids: unique, opaque, sortable by time where the implementation can (UUIDv7). In tests a counter. */
@FunctionalInterface
public interface Ids {
    /** @param prefix what kind of thing it names, e.g. {@code run}; the result is {@code prefix-…}, lower case */
    String next(String prefix);
}
