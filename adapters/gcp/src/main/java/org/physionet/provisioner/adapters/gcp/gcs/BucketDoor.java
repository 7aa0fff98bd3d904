package org.physionet.provisioner.adapters.gcp.gcs;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.policy.Door;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.model.Resource;

/** A bucket's policy over the wire. */
public final class BucketDoor implements Door {
    private final GoogleCalls calls;
    private final String project;

    /** @param project whose the buckets are */
    public BucketDoor(GoogleCalls calls, String project) {
        this.calls = calls;
        this.project = project;
    }

    @Override
    public String document() {
        return "bucket policy";
    }

    @Override
    public MemberPolicy read(GoogleClients google, Resource resource) throws IOException {
        return BucketCalls.read(google, resource);
    }

    @Override
    public void write(GoogleClients google, Resource resource, MemberPolicy policy) throws IOException {
        BucketCalls.write(google, resource, (BucketPolicy) policy);
    }

    @Override
    public Map<String, Integer> readCalls() {
        return BucketCalls.READ;
    }

    @Override
    public Map<String, Integer> writeCalls() {
        return BucketCalls.WRITE;
    }

    @Override
    public List<Check> check(Resource resource) {
        return new BucketChecks(calls, project).of(resource);
    }
}
