package org.physionet.provisioner.simulator.aws.grants;

import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.control.ControlCall;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.OwnSide;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.policy.ResourceLayer;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.GrantsInstance;
import org.physionet.provisioner.simulator.aws.state.GrantsLocation;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/**
 * A call on the instance of S3 Access Grants of an account in the region of the signature.
 *
 * @param owner the account whose instance is meant
 */
record GrantsCall(AwsCall aws, Scene scene, String owner) {

    /** A call that only the owner's own account may make. */
    static GrantsCall own(AwsCall call, Scene scene) {
        return new GrantsCall(call, scene, ControlCall.of(call, scene).account().id());
    }

    /** A call that another account may make if the instance's resource policy lets it (S3 user guide, "Cross-account access"). */
    static GrantsCall any(AwsCall call, Scene scene) {
        call.known();
        return new GrantsCall(call, scene, ControlCall.named(call));
    }

    String arn() {
        return "arn:aws:s3:" + aws.region() + ":" + owner + ":access-grants/default";
    }

    Optional<GrantsInstance> found() {
        return scene.state()
                .findAccount(owner)
                .map(Account::grants)
                .flatMap(grants -> Optional.ofNullable(grants.get(aws.region())));
    }

    /** @throws AwsException 404 if the account has none in the region */
    GrantsInstance instance() {
        return found().orElseThrow(() ->
                new AwsException(404, "AccessGrantsInstanceNotExistsError", "Access Grants Instance does not exist"));
    }

    GrantsLocation location(String id) {
        GrantsLocation location = instance().locations().get(id);
        if (location == null) {
            throw new AwsException(
                    404, "NoSuchAccessGrantsLocationError", "The specified access grants location does not exist");
        }
        return location;
    }

    /** @throws AwsException 403 unless the caller's policies and, across accounts, the instance's allow it */
    void require(String action, String resource) {
        AccessDecision decision = decide(
                scene, found(), owner, aws.known(), aws.own(), action, resource, Authorization.context(aws, scene));
        if (!decision.allowed()) {
            throw new AwsException(
                    403,
                    "AccessDenied",
                    "User: " + aws.known().sessionArn() + " is not authorized to perform: " + action + " on resource: "
                            + resource + " because " + decision.because());
        }
    }

    static AccessDecision decide(
            Scene scene,
            Optional<GrantsInstance> instance,
            String owner,
            Caller caller,
            OwnSide own,
            String action,
            String resource,
            RequestContext context) {
        PolicyDocument policy = instance.flatMap(GrantsInstance::policy)
                .map(p -> p.policy().document())
                .orElse(null);
        ResourceLayer layer = new ResourceLayer(
                ResourceLayer.Kind.GRANTS_INSTANCE,
                "the access grants instance of " + owner,
                owner,
                resource,
                policy,
                false);
        return AccessDecision.decide(caller, own, action, List.of(layer), context);
    }

    /** A parameter of the query that must be there. */
    String parameter(String name) {
        return aws.query()
                .get(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new AwsException(400, "InvalidRequest", "Missing required parameter: " + name));
    }
}
