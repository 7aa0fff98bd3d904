package org.physionet.provisioner.adapters.gcp;

import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.adapters.gcp.archive.GcsArchive;
import org.physionet.provisioner.adapters.gcp.calls.Access;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.calls.Rates;
import org.physionet.provisioner.adapters.gcp.jobs.BigQueryEngine;
import org.physionet.provisioner.adapters.gcp.jobs.SinkTables;
import org.physionet.provisioner.adapters.gcp.signing.CloudKmsSigner;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.Archive;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.adapter.IdentityProof;
import org.physionet.provisioner.engine.adapter.ResourceKind;
import org.physionet.provisioner.engine.adapter.Signer;
import org.physionet.provisioner.engine.adapter.SqlEngine;
import org.physionet.provisioner.engine.adapter.StoredLogs;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;

/** Google Cloud: buckets and BigQuery datasets. Loading, asking and connecting touch no class of a Google library. */
public final class GcpAdapterProvider implements AdapterProvider {
    private static final IdentityKind IDENTITIES = new GoogleIdentities();

    @Override
    public String provider() {
        return "gcp";
    }

    @Override
    public List<Setting> settings() {
        return GcpSettings.ALL;
    }

    @Override
    public IdentityKind identityKind() {
        return IDENTITIES;
    }

    @Override
    public List<ResourceKind> resourceKinds() {
        return GoogleKind.ALL;
    }

    @Override
    public Adapter connect(Settings settings, AdapterContext context) {
        return new GcpAdapter(GcpOptions.of(settings), context);
    }

    @Override
    public Optional<IdentityProof> identityProof(Settings settings, AdapterContext context) {
        return GcpSettings.proof(settings);
    }

    @Override
    public Optional<Archive> archive(String place, Settings settings, AdapterContext context) {
        return GcsArchive.is(place) ? Optional.of(GcsArchive.of(place, clients(settings, context))) : Optional.empty();
    }

    @Override
    public Optional<Signer> signer(String key, Settings settings, AdapterContext context) {
        return CloudKmsSigner.is(key)
                ? Optional.of(CloudKmsSigner.of(key, clients(settings, context)))
                : Optional.empty();
    }

    @Override
    public Optional<StoredLogs> storedLogs(String scheme, Settings settings, AdapterContext context) {
        return switch (scheme) {
            case "gs" -> Optional.of(new BucketLogs(GcpOptions.of(settings), context));
            case "bq" -> Optional.of(new SinkTables(clients(settings, context), billed(settings), context.sleeper()));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<SqlEngine> sqlEngine(String name, String scratch, Settings settings, AdapterContext context) {
        return name.equals("bigquery")
                ? Optional.of(
                        new BigQueryEngine(clients(settings, context), billed(settings), scratch, context.sleeper()))
                : Optional.empty();
    }

    /** Jobs are no control calls, whose budgets these would spend. */
    private static GoogleClients clients(Settings settings, AdapterContext context) {
        return new GoogleClients(GcpSettings.access(settings), context.calls(), new Rates(List.of(), context.pacing()));
    }

    private static String billed(Settings settings) {
        Access access = GcpSettings.access(settings);
        String billing = access.billingProject();
        return billing == null ? access.project() : billing;
    }
}
