package org.physionet.provisioner.adapters.gcp.members;

import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.EmailAddress;
import org.physionet.provisioner.engine.model.Principal;

/** Targets from addresses. */
public final class Targets {
    private Targets() {}

    public static Principal person(String address) {
        return GooglePrincipals.of(new EmailAddress(address));
    }

    public static Target target(String... addresses) {
        SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
        for (String address : addresses) {
            Principal principal = person(address);
            edges.put(principal, new Target.Edge(principal, null, null));
        }
        return new Target(edges);
    }
}
