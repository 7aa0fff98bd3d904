package org.physionet.provisioner.adapters.gcp.gcs;

import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo.IamConfiguration;
import com.google.cloud.storage.BucketInfo.PublicAccessPrevention;
import com.google.cloud.storage.Storage.BucketGetOption;
import java.io.IOException;
import java.util.Optional;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;

/**
 * What decides how a bucket can be read beside its policy.
 *
 * @param uniform whether policies alone let people in, and may have conditions
 * @param publicAccessPrevented whether Google refuses entries for everybody
 * @param requesterPays whether readers are charged for what they read
 */
public record BucketSettings(boolean uniform, boolean publicAccessPrevented, boolean requesterPays) {
    /** One call; empty: there is no such bucket. */
    public static Optional<BucketSettings> read(GoogleClients google, String name) throws IOException {
        String billing = google.billingProject();
        Bucket bucket = billing == null
                ? google.storage().get(name)
                : google.storage().get(name, BucketGetOption.userProject(billing));
        if (bucket == null) {
            return Optional.empty();
        }
        IamConfiguration iam = bucket.getIamConfiguration();
        return Optional.of(new BucketSettings(
                iam != null && Boolean.TRUE.equals(iam.isUniformBucketLevelAccessEnabled()),
                iam != null && iam.getPublicAccessPrevention() == PublicAccessPrevention.ENFORCED,
                Boolean.TRUE.equals(bucket.requesterPays())));
    }
}
