package org.physionet.provisioner.adapters.aws.archive;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.Archive;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRule;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects under a prefix, each put once ({@code If-None-Match: *}); what keeps them is the bucket's own default retention (S3 user guide,
 * "Locking objects with Object Lock"). Needs {@code s3:PutObject}, {@code s3:GetObject}, {@code s3:ListBucket}, and
 * {@code s3:GetBucketObjectLockConfiguration} and {@code s3:GetBucketVersioning} for {@link #protection}.
 */
public final class S3Archive implements Archive {
    private static final String SCHEME = "s3://";

    private final LazyClients clients;
    private final String bucket;
    private final String prefix;

    private S3Archive(LazyClients clients, String bucket, String prefix) {
        this.clients = clients;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Whether an address is of this kind. */
    public static boolean is(String place) {
        return place.startsWith(SCHEME);
    }

    /** @throws IllegalArgumentException if no bucket is named */
    public static S3Archive of(String place, LazyClients clients) {
        String rest = place.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash + 1);
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("ledger.publish: expected s3://BUCKET/PREFIX, found \"" + place + "\"");
        }
        return new S3Archive(clients, bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    @Override
    public String where() {
        return SCHEME + bucket + "/" + prefix;
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        call(s3 -> s3.putObject(
                r -> r.bucket(bucket)
                        .key(prefix + name)
                        .ifNoneMatch("*")
                        .checksumSHA256(sha256(content))
                        .contentType("application/x-ndjson"),
                RequestBody.fromBytes(content)));
    }

    /** Said beforehand, as Object Lock demands of every upload (S3 user guide, "Object Lock considerations"). */
    private static String sha256(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public List<String> after(String name) throws IOException {
        return call(s3 ->
                s3
                        .listObjectsV2(r -> r.bucket(bucket)
                                .prefix(prefix)
                                .startAfter(prefix + name)
                                .maxKeys(PAGE))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(prefix.length()))
                        .toList());
    }

    @Override
    public byte[] get(String name) throws IOException {
        return call(s3 ->
                s3.getObjectAsBytes(r -> r.bucket(bucket).key(prefix + name)).asByteArray());
    }

    @Override
    public Protection protection() throws IOException {
        Optional<DefaultRetention> retention = retention();
        String lock = "aws s3api put-object-lock-configuration --bucket " + bucket
                + " --object-lock-configuration '{\"ObjectLockEnabled\":\"Enabled\",\"Rule\":{\"DefaultRetention\":"
                + "{\"Mode\":\"COMPLIANCE\",\"Days\":365}}}'";
        if (retention.isEmpty()) {
            boolean versions =
                    call(s3 -> s3.getBucketVersioning(r -> r.bucket(bucket))).status()
                            == BucketVersioningStatus.ENABLED;
            return new Protection(
                    Strength.NONE,
                    versions
                            ? "no Object Lock with a default retention; versions are kept, but whoever may delete versions"
                                    + " can delete what was published"
                            : "neither Object Lock nor versions: whoever may write or delete there can overwrite and delete"
                                    + " what was published",
                    versions ? lock : "aws s3api put-bucket-versioning first, then " + lock);
        }
        DefaultRetention kept = retention.get();
        String found = "Object Lock, " + kept.modeAsString() + ", "
                + (kept.years() != null ? kept.years() + " years" : kept.days() + " days");
        return kept.mode() == ObjectLockRetentionMode.COMPLIANCE
                ? Protection.locked(
                        found + ", versions kept: nobody can overwrite or delete what was published before that")
                : new Protection(
                        Strength.LIFTABLE,
                        found + ": whoever has s3:BypassGovernanceRetention can delete what was published",
                        lock);
    }

    /** Empty: the bucket keeps nothing by itself. */
    private Optional<DefaultRetention> retention() throws IOException {
        try {
            ObjectLockConfiguration lock = clients.get()
                    .s3()
                    .getObjectLockConfiguration(r -> r.bucket(bucket))
                    .objectLockConfiguration();
            return Optional.ofNullable(lock).map(ObjectLockConfiguration::rule).map(ObjectLockRule::defaultRetention);
        } catch (AwsServiceException e) {
            if (AwsErrors.code(e).equals("ObjectLockConfigurationNotFoundError")) {
                return Optional.empty();
            }
            throw failure(e);
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    /** What is asked of the client. */
    @FunctionalInterface
    private interface Asked<T> {
        T of(S3Client s3);
    }

    private <T> T call(Asked<T> asked) throws IOException {
        try {
            return asked.of(clients.get().s3());
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    private IOException failure(SdkException e) {
        String said = e instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? service.statusCode() + " " + service.awsErrorDetails().errorCode()
                : e.getClass().getSimpleName();
        return new IOException(where() + ": AWS answered " + said, e);
    }

    @Override
    public void close() {
        clients.close();
    }
}
