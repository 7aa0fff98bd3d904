package org.physionet.provisioner.adapters.gcp.bigquery;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.calls.GoogleFailures;
import org.physionet.provisioner.adapters.gcp.policy.Door;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * A dataset's access list over the wire, with the low-level client: only it sends {@code If-Match}, and only
 * {@code If-Match} keeps rival writers' grants (facts/gcp.md 0.4; docs/decisions/010-bigquery-low-level-client.md).
 */
public final class DatasetDoor implements Door {
    private final GoogleCalls calls;
    private final Set<ResourceId> refusesDeleted = ConcurrentHashMap.newKeySet();

    public DatasetDoor(GoogleCalls calls) {
        this.calls = calls;
    }

    @Override
    public String document() {
        return "dataset access list";
    }

    @Override
    public MemberPolicy read(GoogleClients google, Resource resource) throws IOException {
        DatasetAccess access = DatasetCalls.read(google, resource);
        return refusesDeleted.contains(resource.id()) ? access.refusingDeleted() : access;
    }

    @Override
    public void write(GoogleClients google, Resource resource, MemberPolicy policy) throws IOException {
        try {
            DatasetCalls.write(google, resource, (DatasetAccess) policy);
        } catch (IOException e) {
            if (GoogleFailures.isAboutDeleted(e)) {
                refusesDeleted.add(resource.id());
            }
            throw e;
        }
    }

    @Override
    public Map<String, Integer> readCalls() {
        return DatasetCalls.READ;
    }

    @Override
    public Map<String, Integer> writeCalls() {
        return DatasetCalls.WRITE;
    }

    @Override
    public List<Check> check(Resource resource) {
        return DatasetChecks.of(resource, calls);
    }
}
