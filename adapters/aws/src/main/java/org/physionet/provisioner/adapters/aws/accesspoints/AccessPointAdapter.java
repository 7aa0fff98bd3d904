package org.physionet.provisioner.adapters.aws.accesspoints;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.calls.AwsClients;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** The {@code access-points} layout behind the port. The SDK's clients are built at the first call to AWS. */
public final class AccessPointAdapter implements AutoCloseable {
    private final AwsSettings settings;
    private final AdapterContext context;
    private @Nullable AwsClients clients;

    public AccessPointAdapter(AwsSettings settings, AdapterContext context) {
        this.settings = settings;
        this.context = context;
    }

    public Observed observe(Resource resource, Places places) {
        InstantSource clock = context.clock();
        return new ShardReader(clients(), errors(), clock, account(), !settings.moto())
                .observe(resource, layout(resource), places);
    }

    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        return layout(resource).render((Shards) observation.state(), observation.owned(), target, places);
    }

    public Outcome write(Resource resource, Write write) {
        return new ShardWriter(clients(), errors(), account(), !settings.moto())
                .write(S3Location.of(resource.id()).bucket(), (ShardWrite) write.payload());
    }

    public List<Check> check(Resource resource) {
        return new AccessPointChecks(clients(), errors(), settings, layout(resource)).run();
    }

    public List<String> howTo(Resource resource, @Nullable String place) {
        return ReaderInstructions.lines(layout(resource), place);
    }

    @Override
    public synchronized void close() {
        if (clients != null) {
            clients.close();
            clients = null;
        }
    }

    private AccessPointLayout layout(Resource resource) {
        return AccessPointLayout.of(
                S3Location.of(resource.id()),
                settings.region(),
                account(),
                settings.prefix(),
                Form.of(resource.options().get(S3ResourceKind.FORM)),
                !settings.moto());
    }

    private AwsErrors errors() {
        return new AwsErrors(context.clock());
    }

    private String account() {
        return settings.account().value();
    }

    private synchronized AwsClients clients() {
        if (clients == null) {
            clients = new AwsClients(settings, context.calls());
        }
        return clients;
    }
}
