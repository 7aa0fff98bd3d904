package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.adapters.aws.CanaryUser;
import org.physionet.provisioner.adapters.aws.OptIns;
import org.physionet.provisioner.adapters.aws.S3Layout;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** The {@code access-points} layout behind the port. */
public final class AccessPointAdapter implements S3Layout {
    /** The calls that it makes to observe and write, as in the provider's reference. */
    public static final Set<String> METHODS = Calls.all();

    private final AwsSettings settings;
    private final LazyClients clients;

    public AccessPointAdapter(LazyClients clients) {
        this.settings = clients.settings();
        this.clients = clients;
    }

    @Override
    public boolean isDocument(Resource resource, String name) {
        return ShardNames.isAccessPoint(name);
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        return new ShardReader(clients.get(), clients.errors(), clients.clock(), account(), !settings.moto())
                .observe(resource, layout(resource), places);
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        return layout(resource).render((Shards) observation.state(), observation.owned(), target, places);
    }

    @Override
    public Rendering compact(Resource resource, Observation observation, Target target, Places places) {
        return layout(resource).compact((Shards) observation.state(), observation.owned(), target, places);
    }

    /** There is no limit to readers but that of the access points (facts/aws.md A1.1). */
    @Override
    public Optional<Room> room(Resource resource, Observation observation) {
        Shards shards = (Shards) observation.state();
        return Optional.of(
                new Room(
                        shards.byName().size(),
                        S3ResourceKind.MOST_ACCESS_POINTS,
                        "access points",
                        observation.owned().size() + " readers; the account's access points in " + settings.region()
                                + " are shared by all resources: ask AWS for more (Service Quotas, Access Points), or compact"));
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        return new ShardWriter(clients.get(), clients.errors(), account(), !settings.moto())
                .write(S3Location.of(resource.id()).bucket(), (ShardWrite) write.payload());
    }

    @Override
    public List<Check> check(Resource resource) {
        return new AccessPointChecks(clients, layout(resource)).run();
    }

    @Override
    public List<String> howTo(Resource resource, @Nullable String place) {
        return ReaderInstructions.lines(layout(resource), place);
    }

    private AccessPointLayout layout(Resource resource) {
        return AccessPointLayout.of(
                        S3Location.of(resource.id()),
                        settings.region(),
                        account(),
                        settings.prefix(),
                        Form.of(resource.options().get(S3ResourceKind.FORM)),
                        OptIns.of(resource.options()),
                        !settings.moto())
                .with(settings.canaries().stream().map(CanaryUser::principal).collect(Collectors.toSet()));
    }

    private String account() {
        return settings.account().value();
    }
}
