package org.physionet.provisioner.simulator.aws.grants;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.OwnSide;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.policy.ResourceLayer;
import org.physionet.provisioner.simulator.aws.state.AccessGrant;
import org.physionet.provisioner.simulator.aws.state.AccessGrant.Permission;
import org.physionet.provisioner.simulator.aws.state.GrantsInstance;
import org.physionet.provisioner.simulator.aws.state.Role;

/** Which grant answers a wish for data, and whether its location's role lets S3 Access Grants speak for it. */
public final class Vending {
    private static final String SERVICE = "access-grants.s3.amazonaws.com";
    private static final List<String> TRUST = List.of("sts:AssumeRole", "sts:SetSourceIdentity");

    private final Scene scene;

    public Vending(Scene scene) {
        this.scene = scene;
    }

    /**
     * A grant that would bring credentials for a key, with the session policy they would have.
     *
     * @param role of the grant's location
     */
    public record Way(GrantsInstance instance, AccessGrant grant, Role role, String sessionPolicy) {}

    /** Of the grantee's grants that allow it and reach the target, the closest one: that with the longest scope. */
    static Optional<AccessGrant> closest(GrantsInstance instance, String grantee, Reach target, Permission permission) {
        return instance.grantsOf(grantee).stream()
                .filter(g -> g.permission().covers(permission) && Reach.of(g).covers(target))
                .max(Comparator.comparingInt(g -> g.scope().length()));
    }

    /** The role, if it exists and its trust policy lets the service assume it and name the source identity. */
    Optional<Role> role(GrantsInstance instance, AccessGrant grant) {
        String arn = instance.locationOf(grant).roleArn();
        Caller.Service service = new Caller.Service(SERVICE, instance.arn(), instance.account());
        return scene.state()
                .identityByArn(arn)
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .filter(role -> TRUST.stream().allMatch(action -> trusts(role, service, action)));
    }

    private static boolean trusts(Role role, Caller.Service service, String action) {
        ResourceLayer layer = new ResourceLayer(
                ResourceLayer.Kind.ROLE,
                "trust policy of " + role.arn(),
                role.account(),
                role.arn(),
                role.trust().document(),
                false);
        return AccessDecision.decide(service, OwnSide.NONE, action, List.of(layer), RequestContext.empty())
                .allowed();
    }

    /** The ways by which a caller can come to read a key through the instances of a bucket's region. */
    public List<Way> ways(Caller.Known caller, OwnSide own, String bucket, String region, String key) {
        Reach target = new Reach(bucket, key, true);
        return scene.state().accounts().stream()
                .flatMap(account -> Optional.ofNullable(account.grants().get(region)).stream())
                .filter(instance -> mayAsk(instance, caller, own))
                .flatMap(instance -> closest(instance, caller.arn(), target, Permission.READ).stream()
                        .flatMap(grant -> role(instance, grant).stream()
                                .map(role -> new Way(
                                        instance, grant, role, SessionPolicy.of(Reach.of(grant), Permission.READ)))))
                .toList();
    }

    private boolean mayAsk(GrantsInstance instance, Caller.Known caller, OwnSide own) {
        return GrantsCall.decide(
                        scene,
                        Optional.of(instance),
                        instance.account(),
                        caller,
                        own,
                        "s3:GetDataAccess",
                        instance.arn(),
                        RequestContext.empty()
                                .with("aws:CurrentTime", scene.now().toString()))
                .allowed();
    }
}
