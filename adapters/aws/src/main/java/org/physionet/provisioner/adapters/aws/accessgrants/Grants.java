package org.physionet.provisioner.adapters.aws.accessgrants;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.model.Principal;

/**
 * A resource's grants as they were read: the layout's part of an observation.
 *
 * @param instance whether the account has an instance in the region
 * @param location the closest registered location that the resource is in, null: none
 * @param readers ids of the grants to read the resource, by the grantee's ARN
 */
record Grants(boolean instance, @Nullable Location location, SortedMap<String, SortedSet<String>> readers) {
    Grants {
        readers = Collections.unmodifiableSortedMap(new TreeMap<>(readers));
    }

    /** A registered location. */
    record Location(String id, String scope) {}

    SortedMap<Principal, LiveEdge> owned(String document) {
        SortedMap<Principal, LiveEdge> all = new TreeMap<>();
        readers.keySet().forEach(arn -> {
            Principal principal = AwsIdentityKind.of(arn);
            all.put(principal, new LiveEdge(principal, arn, null, false, document));
        });
        return all;
    }
}
