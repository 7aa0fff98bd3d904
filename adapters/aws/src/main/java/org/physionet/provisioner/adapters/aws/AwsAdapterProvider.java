package org.physionet.provisioner.adapters.aws;

import java.util.List;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.adapter.ResourceKind;
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
}
