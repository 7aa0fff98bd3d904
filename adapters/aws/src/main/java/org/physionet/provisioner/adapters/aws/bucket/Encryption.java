package org.physionet.provisioner.adapters.aws.bucket;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;

/**
 * With which key a bucket's objects are encrypted (facts/aws.md A1.5). Asked at most once for each bucket, and for instructions only where
 * AWS has answered before, so that giving them never waits for a cloud that is not there.
 */
public final class Encryption {
    private final LazyClients clients;
    private final Map<String, Optional<String>> keys = new ConcurrentHashMap<>();
    private final Set<String> answering = ConcurrentHashMap.newKeySet();

    public Encryption(LazyClients clients) {
        this.clients = clients;
    }

    /** The bucket could be read just now. */
    public void answers(String bucket) {
        answering.add(bucket);
    }

    /** What a reader needs for the bucket's key, beside everything else; nothing without one, or if it is not known. */
    public List<String> instructions(String bucket) {
        if (!answering.contains(bucket)) {
            return List.of();
        }
        try {
            return keys.computeIfAbsent(bucket, this::ask)
                    .map(key -> List.of(
                            "The objects are encrypted with a KMS key, so that policy needs this statement, too:",
                            "  {\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"" + key + "\"}"))
                    .orElse(List.of());
        } catch (SdkException e) {
            // what cannot be read is a finding of check(), not of somebody's instructions
            return List.of();
        }
    }

    private Optional<String> ask(String bucket) {
        return customerKey(clients, bucket);
    }

    /** The KMS key that the bucket's objects get by default, {@code aws/s3} if none is named; empty: SSE-S3. */
    static Optional<String> customerKey(LazyClients clients, String bucket) {
        ServerSideEncryptionByDefault rule;
        try {
            rule = clients.get()
                    .s3()
                    .getBucketEncryption(r -> r.bucket(bucket)
                            .expectedBucketOwner(clients.settings().account().value()))
                    .serverSideEncryptionConfiguration()
                    .rules()
                    .getFirst()
                    .applyServerSideEncryptionByDefault();
        } catch (SdkException e) {
            if (!AwsErrors.code(e).equals("ServerSideEncryptionConfigurationNotFoundError")) {
                throw e;
            }
            return Optional.empty();
        }
        if (rule == null || !rule.sseAlgorithmAsString().startsWith("aws:kms")) {
            return Optional.empty();
        }
        return Optional.of(Optional.ofNullable(rule.kmsMasterKeyID()).orElse("alias/aws/s3"));
    }
}
