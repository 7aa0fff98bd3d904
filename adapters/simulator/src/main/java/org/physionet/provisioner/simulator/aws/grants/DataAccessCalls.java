package org.physionet.provisioner.simulator.aws.grants;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.control.ControlCall;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.state.AccessGrant;
import org.physionet.provisioner.simulator.aws.state.AccessGrant.Permission;
import org.physionet.provisioner.simulator.aws.state.GrantsInstance;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.state.Role;
import org.physionet.provisioner.simulator.aws.state.Session;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/** GetDataAccess: credentials of the location's role, kept to the grant's scope, alive until their end whatever becomes of the grant. */
final class DataAccessCalls {
    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;
    private static final int USUAL = 3600;

    private final Scene scene;
    private final Vending vending;

    DataAccessCalls(Scene scene) {
        this.scene = scene;
        this.vending = new Vending(scene);
    }

    Response get(GrantsCall call) {
        call.require("s3:GetDataAccess", call.arn());
        GrantsInstance instance = call.instance();
        String written = call.parameter("target");
        Permission permission = GrantCalls.permission(call.parameter("permission"));
        boolean object = call.aws().query().has("targetType");
        int seconds = seconds(call);
        Caller.Known caller = call.aws().known();
        Reach target = Reach.ofTarget(written, object).orElseThrow(() -> denied(permission, written));
        AccessGrant grant = Vending.closest(instance, caller.arn(), target, permission)
                .orElseThrow(() -> denied(permission, written));
        Role role = vending.role(instance, grant)
                .orElseThrow(() -> new AwsException(
                        403,
                        "StsNotAuthorizedError",
                        "User: access-grants.s3.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: "
                                + instance.locationOf(grant).roleArn()));
        if (seconds > role.maxSessionSeconds()) {
            throw new AwsException(
                    400,
                    "StsValidationError",
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        boolean minimal =
                call.aws().query().get("privilege").filter("Minimal"::equals).isPresent();
        Session session = session(
                instance, caller, role, seconds, SessionPolicy.of(minimal ? target : Reach.of(grant), permission));
        scene.state().account(role.account()).sessions().put(session.keyId(), session);
        return ControlCall.answer(
                "GetDataAccessResult",
                xml -> xml.element(
                                "Credentials",
                                c -> c.text("AccessKeyId", session.keyId())
                                        .text("SecretAccessKey", session.secret())
                                        .text("SessionToken", session.token())
                                        .text("Expiration", session.expiresAt()))
                        .text("MatchedGrantTarget", minimal ? written : grant.scope())
                        .element("Grantee", g -> GrantCalls.grantee(g, grant.grantee())));
    }

    private static int seconds(GrantsCall call) {
        int seconds = call.aws().query().number("durationSeconds").orElse(USUAL);
        if (seconds < SHORTEST || seconds > LONGEST) {
            throw new AwsException(
                    400,
                    "InvalidRequest",
                    "durationSeconds: expected " + SHORTEST + " to " + LONGEST + ", found " + seconds);
        }
        return seconds;
    }

    private Session session(GrantsInstance instance, Caller.Known grantee, Role role, int seconds, String policy) {
        return new Session(
                Naming.uniqueId("ASIA", scene.world().random()).substring(0, 20),
                Naming.secret(scene.world().random()),
                Naming.token(scene.world().random()),
                role.id(),
                "access-grants-" + Naming.uuid(scene.world().random()),
                scene.now().plus(Duration.ofSeconds(seconds)).truncatedTo(ChronoUnit.SECONDS),
                Optional.of(policy),
                Optional.of(new Session.Vended(instance.arn(), grantee.uniqueId())));
    }

    private static AwsException denied(Permission permission, String target) {
        return new AwsException(
                403,
                "AccessDenied",
                "You do not have " + permission + " permissions to the requested S3 Prefix: " + target);
    }
}
