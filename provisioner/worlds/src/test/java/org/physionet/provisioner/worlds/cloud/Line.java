package org.physionet.provisioner.worlds.cloud;

import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.ResourceId;

/** The line from one run to a provider: what can go wrong on it, and who listens in to judge. */
public interface Line {
    /** The world's clock, as a step. */
    long step();

    /** A request is on its way; things may happen before it arrives. */
    Fault request(String method, boolean write, ResourceId resource);

    /** The provider did what it did; things may happen before the answer arrives. */
    void answer();

    /** A read was answered. */
    void served(ResourceId resource, SortedMap<String, Long> versions, SortedSet<String> shown, boolean stale);

    /** A write of ours took effect. */
    void applied(
            ResourceId resource,
            String document,
            Document before,
            Document after,
            ModelAdapter.Payload payload,
            Write write);

    /** A write was answered. */
    void answered(ResourceId resource, Write write, Outcome outcome);

    /** What befalls one call. */
    record Fault(Kind kind, Outcome.@Nullable Failure failure) {
        public static final Fault NONE = new Fault(Kind.NONE, null);

        /** With {@code NOT_DONE} the failure is the answer; with {@code LOST} the call is done and the answer lost. */
        public enum Kind {
            NONE,
            NOT_DONE,
            LOST,
            STALE
        }
    }
}
