package org.physionet.provisioner.simulator.aws.grants;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.control.ControlCall;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.GrantsInstance;
import org.physionet.provisioner.simulator.aws.state.GrantsLocation;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.state.Role;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Xml;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** Locations: registered, shown, listed, given another role, deregistered. */
final class LocationCalls {
    private static final Pattern SCOPE = Pattern.compile("[sS]3://(?:([a-z0-9.-]{3,63})(/.*)?)?", Pattern.DOTALL);

    private LocationCalls() {}

    static Response create(GrantsCall call) {
        call.require("s3:CreateAccessGrantsLocation", call.arn());
        GrantsInstance instance = call.instance();
        XmlBody body = XmlBody.parse(call.aws().payload());
        String scope = scope(call, body.text("LocationScope").orElse(""));
        String role = role(call, body);
        if (instance.locations().values().stream().anyMatch(l -> l.scope().equals(scope))) {
            throw new AwsException(
                    409,
                    "AccessGrantsLocationAlreadyExistsError",
                    "The specified access grants location already exists");
        }
        if (instance.locations().size() >= GrantsInstance.LOCATIONS) {
            throw new AwsException(
                    409,
                    "AccessGrantsLocationsQuotaExceededError",
                    "The access grants location quota has been exceeded. Access Grants Locations Quota: "
                            + GrantsInstance.LOCATIONS + ". Please reach out to S3 if an increase is required.");
        }
        GrantsLocation location = new GrantsLocation(
                scope.equals("s3://")
                        ? "default"
                        : Naming.uuid(call.scene().world().random()),
                scope,
                role,
                call.scene().now().truncatedTo(ChronoUnit.SECONDS));
        Tags.put(instance, instance.arn(location), Tags.read(body));
        instance.locations().put(location.id(), location);
        return answer("CreateAccessGrantsLocationResult", instance, location);
    }

    private static String scope(GrantsCall call, String written) {
        Matcher matcher = SCOPE.matcher(written);
        String name = matcher.matches() ? matcher.group(1) : "";
        Bucket bucket = name == null ? null : call.scene().state().buckets().get(name);
        boolean elsewhere = bucket != null && !bucket.region().equals(call.aws().region());
        if (!matcher.matches() || elsewhere) {
            throw new AwsException(
                    400, "InvalidAccessGrantsLocation", "The specified Access Grants Location is invalid");
        }
        return "s3://" + written.substring("s3://".length());
    }

    /** Must exist, in the same account, and the caller must be allowed to pass it on. */
    private static String role(GrantsCall call, XmlBody body) {
        String arn = body.text("IAMRoleArn").orElse("");
        boolean exists = call.scene()
                .state()
                .identityByArn(arn)
                .filter(Role.class::isInstance)
                .filter(role -> role.account().equals(call.owner()))
                .isPresent();
        if (!exists) {
            throw new AwsException(400, "InvalidIamRole", "The specified IAM Role is invalid");
        }
        RequestContext to = RequestContext.empty().with("iam:PassedToService", "access-grants.s3.amazonaws.com");
        new Authorization(call.scene()).require(call.aws(), "iam:PassRole", arn, "AccessDenied", to);
        return arn;
    }

    static Response get(GrantsCall call, String id) {
        call.require("s3:GetAccessGrantsLocation", call.arn() + "/location/" + id);
        return answer("GetAccessGrantsLocationResult", call.instance(), call.location(id));
    }

    static Response update(GrantsCall call, String id) {
        call.require("s3:UpdateAccessGrantsLocation", call.arn() + "/location/" + id);
        GrantsLocation old = call.location(id);
        GrantsLocation changed = new GrantsLocation(
                old.id(), old.scope(), role(call, XmlBody.parse(call.aws().payload())), old.createdAt());
        call.instance().locations().put(id, changed);
        return answer("UpdateAccessGrantsLocationResult", call.instance(), changed);
    }

    /** Only one without grants. */
    static Response delete(GrantsCall call, String id) {
        call.require("s3:DeleteAccessGrantsLocation", call.arn() + "/location/" + id);
        GrantsLocation location = call.location(id);
        GrantsInstance instance = call.instance();
        if (instance.grants().values().stream().anyMatch(g -> g.location().equals(id))) {
            throw new AwsException(
                    400,
                    "AccessGrantsLocationNotEmptyError",
                    "Please clean up access grants before deleting access grants location");
        }
        instance.tags().remove(instance.arn(location));
        instance.locations().remove(id);
        return Response.empty(204);
    }

    static Response list(GrantsCall call) {
        call.require("s3:ListAccessGrantsLocations", call.arn());
        GrantsInstance instance = call.instance();
        Optional<String> scope = call.aws().query().get("locationscope");
        return Page.of(
                        instance.locations(),
                        l -> scope.isEmpty() || scope.get().equals(l.scope()),
                        call.aws().query())
                .answer(
                        "ListAccessGrantsLocationsResult",
                        "AccessGrantsLocationsList",
                        "AccessGrantsLocation",
                        (xml, location) -> write(xml, instance, location));
    }

    private static Response answer(String root, GrantsInstance instance, GrantsLocation location) {
        return ControlCall.answer(root, xml -> write(xml, instance, location));
    }

    private static void write(Xml xml, GrantsInstance instance, GrantsLocation location) {
        xml.text("CreatedAt", location.createdAt())
                .text("AccessGrantsLocationId", location.id())
                .text("AccessGrantsLocationArn", instance.arn(location))
                .text("LocationScope", location.scope())
                .text("IAMRoleArn", location.roleArn());
    }
}
