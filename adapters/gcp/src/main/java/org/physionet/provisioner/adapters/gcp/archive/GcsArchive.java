package org.physionet.provisioner.adapters.gcp.archive;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.engine.adapter.Archive;

/**
 * Objects under a prefix, each put once ({@code ifGenerationMatch=0}); what keeps them is the bucket's retention policy (Cloud Storage
 * documentation, "Bucket Lock"). Needs {@code storage.objects.create}, {@code .get}, {@code .list}, and {@code storage.buckets.get} for
 * {@link #protection}.
 */
public final class GcsArchive implements Archive {
    private static final String SCHEME = "gs://";

    private final GoogleClients clients;
    private final String bucket;
    private final String prefix;

    private GcsArchive(GoogleClients clients, String bucket, String prefix) {
        this.clients = clients;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Whether an address is of this kind. */
    public static boolean is(String place) {
        return place.startsWith(SCHEME);
    }

    /** @throws IllegalArgumentException if no bucket is named */
    public static GcsArchive of(String place, GoogleClients clients) {
        String rest = place.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash + 1);
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("ledger.publish: expected gs://BUCKET/PREFIX, found \"" + place + "\"");
        }
        return new GcsArchive(clients, bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    @Override
    public String where() {
        return SCHEME + bucket + "/" + prefix;
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        call(storage -> storage.create(
                BlobInfo.newBuilder(bucket, prefix + name)
                        .setContentType("application/x-ndjson")
                        .build(),
                content,
                BlobTargetOption.doesNotExist()));
    }

    @Override
    public List<String> after(String name) throws IOException {
        // The offset is inclusive: the first name that sorts after this one is the name and the smallest character.
        String from = prefix + name + (name.isEmpty() ? "" : "\u0001");
        return call(storage -> {
            List<String> names = new ArrayList<>();
            for (Blob blob : storage.list(
                            bucket,
                            BlobListOption.prefix(prefix),
                            BlobListOption.startOffset(from),
                            BlobListOption.pageSize(PAGE))
                    .getValues()) {
                names.add(blob.getName().substring(prefix.length()));
            }
            return names;
        });
    }

    @Override
    public byte[] get(String name) throws IOException {
        return call(storage -> storage.readAllBytes(bucket, prefix + name));
    }

    @Override
    public Protection protection() throws IOException {
        Bucket found = call(storage -> storage.get(bucket));
        if (found == null) {
            throw new IOException(where() + ": there is no such bucket");
        }
        Duration term = found.getRetentionPeriodDuration();
        String lock = "gcloud storage buckets update gs://" + bucket;
        if (term == null || term.isZero()) {
            BucketInfo.SoftDeletePolicy soft = found.getSoftDeletePolicy();
            Duration back = soft == null ? null : soft.getRetentionDuration();
            return new Protection(
                    Strength.NONE,
                    "no retention policy: whoever may delete there can overwrite and delete what was published"
                            + (back == null || back.isZero()
                                    ? ""
                                    : "; soft delete brings it back for " + back.toDays() + " days"),
                    lock + " --retention-period=1y, then " + lock + " --lock-retention-period");
        }
        String said = "retention policy of " + days(term);
        return Boolean.TRUE.equals(found.retentionPolicyIsLocked())
                ? Protection.locked(said + ", locked: nobody can overwrite or delete what was published before that")
                : new Protection(
                        Strength.LIFTABLE,
                        said
                                + ", not locked: whoever may update the bucket can take it off and delete what was published",
                        lock + " --lock-retention-period");
    }

    private static String days(Duration term) {
        return term.toDays() > 0 ? term.toDays() + " days" : term.toSeconds() + " seconds";
    }

    /** What is asked of the client. */
    @FunctionalInterface
    private interface Asked<T> {
        T of(Storage storage);
    }

    private <T> T call(Asked<T> asked) throws IOException {
        try {
            return asked.of(clients.storage());
        } catch (StorageException e) {
            throw new IOException(where() + ": Google answered " + e.getCode() + " " + e.getReason(), e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
