package org.physionet.provisioner.adapters.gcp.canary;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.TableList;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.bigquery.DatasetName;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/**
 * Reads an object or a row, not only their lists: a list alone may be had by roles that open no data. An empty resource is
 * judged by its list.
 */
public final class GoogleCanary implements Canary {
    private final GoogleCalls calls;
    private final Principal principal;

    /** @param calls made with the canary's own credentials */
    public GoogleCanary(GoogleCalls calls, Principal principal) {
        this.calls = calls;
        this.principal = principal;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public Reading read(Resource resource, @Nullable String place) {
        return calls.asReader(google -> {
            if (resource.id().scheme().equals("gs")) {
                readObject(google, resource.id().location());
            } else {
                readRow(google, DatasetName.of(resource.id()));
            }
            return resource;
        });
    }

    private static void readObject(GoogleClients google, String bucket) throws IOException {
        String billing = google.billingProject();
        List<BlobListOption> list = new ArrayList<>(List.of(BlobListOption.pageSize(1)));
        List<BlobGetOption> get = new ArrayList<>();
        if (billing != null) {
            list.add(BlobListOption.userProject(billing));
            get.add(BlobGetOption.userProject(billing));
        }
        Iterator<Blob> first = google.storage()
                .list(bucket, list.toArray(BlobListOption[]::new))
                .getValues()
                .iterator();
        if (first.hasNext()) {
            google.storage().get(first.next().getBlobId(), get.toArray(BlobGetOption[]::new));
        }
    }

    private static void readRow(GoogleClients google, DatasetName name) throws IOException {
        Bigquery bigquery = google.bigquery();
        TableList tables = bigquery.tables()
                .list(name.project(), name.dataset())
                .setMaxResults(1L)
                .execute();
        if (tables.getTables() != null && !tables.getTables().isEmpty()) {
            String table = tables.getTables().getFirst().getTableReference().getTableId();
            bigquery.tabledata()
                    .list(name.project(), name.dataset(), table)
                    .setMaxResults(1L)
                    .execute();
        }
    }
}
