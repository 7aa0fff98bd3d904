package org.physionet.provisioner.adapters.aws;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.StoredLogs;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Logs in an S3 bucket: server access logs and CloudTrail's files (facts/aws.md A4). */
final class BucketLogs implements StoredLogs {
    private final LazyClients clients;

    BucketLogs(AwsSettings settings, AdapterContext context) {
        // The budget is for control calls; these are none.
        clients = new LazyClients(settings, context.unpaced(), ControlBudget.of(settings));
    }

    @Override
    public void each(String bucket, String prefix, Consumer<StoredLog> found) throws IOException {
        try {
            ListObjectsV2Request request =
                    ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
            for (S3Object object :
                    clients.get().s3().listObjectsV2Paginator(request).contents()) {
                found.accept(new StoredLog(bucket, object.key(), object.size(), object.eTag()));
            }
        } catch (SdkException e) {
            throw failed(bucket, e);
        }
    }

    @Override
    public InputStream open(StoredLog log) throws IOException {
        try {
            return clients.get()
                    .s3()
                    .getObject(GetObjectRequest.builder()
                            .bucket(log.bucket())
                            .key(log.key())
                            .ifMatch(log.version())
                            .build());
        } catch (SdkException e) {
            throw failed(log.bucket(), e);
        }
    }

    private static IOException failed(String bucket, SdkException e) {
        return new IOException("s3://" + bucket + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        clients.close();
    }
}
