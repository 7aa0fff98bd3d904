package org.physionet.provisioner.adapters.aws;

import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.adapters.aws.archive.S3Archive;
import org.physionet.provisioner.adapters.aws.athena.AthenaEngine;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.adapters.aws.identity.AwsIdentityProof;
import org.physionet.provisioner.adapters.aws.signing.KmsSigner;
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

/** AWS, for {@link java.util.ServiceLoader}. Loads no SDK class: neither by being asked, nor by connecting. */
public final class AwsAdapterProvider implements AdapterProvider {
    @Override
    public String provider() {
        return "aws";
    }

    @Override
    public List<Setting> settings() {
        return AwsSettings.ALL;
    }

    @Override
    public IdentityKind identityKind() {
        return new AwsIdentityKind();
    }

    @Override
    public List<ResourceKind> resourceKinds() {
        return List.of(new S3ResourceKind());
    }

    @Override
    public Adapter connect(Settings settings, AdapterContext context) {
        return new AwsAdapter(AwsSettings.of(settings), context);
    }

    @Override
    public Optional<IdentityProof> identityProof(Settings settings, AdapterContext context) {
        AwsSettings own = AwsSettings.of(settings);
        AwsSettings.Proof proof = own.proof();
        return proof == null ? Optional.empty() : Optional.of(new AwsIdentityProof(proof, own, context.calls()));
    }

    @Override
    public Optional<Archive> archive(String place, Settings settings, AdapterContext context) {
        return S3Archive.is(place)
                ? Optional.of(S3Archive.of(
                        place,
                        new LazyClients(AwsSettings.of(settings), context, ControlBudget.of(AwsSettings.of(settings)))))
                : Optional.empty();
    }

    @Override
    public Optional<Signer> signer(String key, Settings settings, AdapterContext context) {
        return KmsSigner.is(key)
                ? Optional.of(KmsSigner.of(
                        key,
                        new LazyClients(AwsSettings.of(settings), context, ControlBudget.of(AwsSettings.of(settings)))))
                : Optional.empty();
    }

    @Override
    public Optional<StoredLogs> storedLogs(String scheme, Settings settings, AdapterContext context) {
        return scheme.equals("s3") ? Optional.of(new BucketLogs(AwsSettings.of(settings), context)) : Optional.empty();
    }

    @Override
    public Optional<SqlEngine> sqlEngine(String name, String scratch, Settings settings, AdapterContext context) {
        if (!name.equals("athena")) {
            return Optional.empty();
        }
        AwsSettings own = AwsSettings.of(settings);
        return Optional.of(
                new AthenaEngine(new LazyClients(own, context, ControlBudget.of(own)), scratch, context.sleeper()));
    }
}
