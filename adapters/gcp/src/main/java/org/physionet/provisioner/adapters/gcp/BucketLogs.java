package org.physionet.provisioner.adapters.gcp;

import com.google.cloud.BaseServiceException;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.calls.Rates;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.StoredLogs;

/** Logs in a Cloud Storage bucket, where a sink puts them (facts/gcp.md 4, "Sinks"). */
final class BucketLogs implements StoredLogs {
    private final GoogleClients google;

    BucketLogs(GcpOptions options, AdapterContext context) {
        Pacing pacing = options.paced() ? context.pacing() : Pacing.NONE;
        google = new GoogleClients(options.access(), context.calls(), new Rates(options.budgets(), pacing));
    }

    @Override
    public void each(String bucket, String prefix, Consumer<StoredLog> found) throws IOException {
        List<BlobListOption> options = new ArrayList<>(List.of(
                BlobListOption.prefix(prefix),
                BlobListOption.fields(BlobField.NAME, BlobField.SIZE, BlobField.GENERATION)));
        String billing = google.billingProject();
        if (billing != null) {
            options.add(BlobListOption.userProject(billing));
        }
        try {
            for (Blob blob : google.storage()
                    .list(bucket, options.toArray(BlobListOption[]::new))
                    .iterateAll()) {
                found.accept(new StoredLog(bucket, blob.getName(), blob.getSize(), "" + blob.getGeneration()));
            }
        } catch (BaseServiceException e) {
            throw failed(bucket, e);
        }
    }

    @Override
    public InputStream open(StoredLog log) throws IOException {
        List<BlobSourceOption> options = new ArrayList<>();
        // As stored: what is packed is unpacked by whoever reads it.
        options.add(BlobSourceOption.shouldReturnRawInputStream(true));
        String billing = google.billingProject();
        if (billing != null) {
            options.add(BlobSourceOption.userProject(billing));
        }
        try {
            Storage storage = google.storage();
            BlobId id = BlobId.of(log.bucket(), log.key(), Long.parseLong(log.version()));
            return Channels.newInputStream(storage.reader(id, options.toArray(BlobSourceOption[]::new)));
        } catch (BaseServiceException e) {
            throw failed(log.bucket(), e);
        }
    }

    private static IOException failed(String bucket, BaseServiceException e) {
        return new IOException("gs://" + bucket + ": Google answered " + e.getCode() + " " + e.getMessage(), e);
    }

    @Override
    public void close() {
        google.close();
    }
}
