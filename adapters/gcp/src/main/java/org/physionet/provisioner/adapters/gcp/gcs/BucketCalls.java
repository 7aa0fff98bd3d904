package org.physionet.provisioner.adapters.gcp.gcs;

import com.google.cloud.storage.Storage.BucketSourceOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.engine.model.Resource;

/** The two calls on a bucket's policy: with version 3 always, and the write with the token of the read. */
final class BucketCalls {
    static final Map<String, Integer> READ = Map.of("storage.buckets.getIamPolicy", 1);
    static final Map<String, Integer> WRITE = Map.of("storage.buckets.setIamPolicy", 1);

    private BucketCalls() {}

    static BucketPolicy read(GoogleClients google, Resource resource) throws IOException {
        return PolicyWire.read(google.storage().getIamPolicy(resource.id().location(), options(google)));
    }

    /** @return the policy as it is afterwards; a malformed answer is thrown */
    static BucketPolicy write(GoogleClients google, Resource resource, BucketPolicy policy) throws IOException {
        return PolicyWire.read(
                google.storage().setIamPolicy(resource.id().location(), PolicyWire.write(policy), options(google)));
    }

    private static BucketSourceOption[] options(GoogleClients google) {
        List<BucketSourceOption> options = new ArrayList<>();
        options.add(BucketSourceOption.requestedPolicyVersion(BucketPolicy.VERSION));
        String billing = google.billingProject();
        if (billing != null) {
            options.add(BucketSourceOption.userProject(billing));
        }
        return options.toArray(BucketSourceOption[]::new);
    }
}
