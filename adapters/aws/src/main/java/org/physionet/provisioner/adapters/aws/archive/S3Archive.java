package org.physionet.provisioner.adapters.aws.archive;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.Archive;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects under a prefix, each put once ({@code If-None-Match: *}); what keeps them is the bucket's own default retention (S3 user guide,
 * "Locking objects with Object Lock"). Needs {@code s3:PutObject}, {@code s3:GetObject}, {@code s3:ListBucket}, and
 * {@code s3:GetBucketObjectLockConfiguration} for {@link #protection}.
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
                r -> r.bucket(bucket).key(prefix + name).ifNoneMatch("*").contentType("application/x-ndjson"),
                RequestBody.fromBytes(content)));
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
    public Optional<String> protection() throws IOException {
        try {
            ObjectLockConfiguration lock = clients.get()
                    .s3()
                    .getObjectLockConfiguration(r -> r.bucket(bucket))
                    .objectLockConfiguration();
            DefaultRetention retention =
                    lock == null || lock.rule() == null ? null : lock.rule().defaultRetention();
            if (retention == null) {
                return Optional.empty();
            }
            String term = retention.years() != null ? retention.years() + " years" : retention.days() + " days";
            return Optional.of("Object Lock, " + retention.modeAsString() + ", " + term);
        } catch (AwsServiceException e) {
            if (e.statusCode() == 404) {
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
