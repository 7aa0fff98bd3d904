package org.physionet.provisioner.simulator.aws.sts;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.call.Service;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;
import org.physionet.provisioner.simulator.aws.policy.ResourceLayer;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.state.Role;
import org.physionet.provisioner.simulator.aws.state.Session;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Query;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/** STS: GetCallerIdentity (header and presigned form, XML and JSON), AssumeRole, GetSessionToken (STS API reference). */
public final class StsService implements Service {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    private final Scene scene;

    public StsService(Scene scene) {
        this.scene = scene;
    }

    @Override
    public Route route(Request request, Query query) {
        String action = query.get("Action").orElse("");
        String method = "sts." + action;
        return switch (action) {
            case "GetCallerIdentity" -> new Route(method, Kind.READ, ErrorForm.QUERY, this::callerIdentity);
            case "AssumeRole" -> new Route(method, Kind.WRITE, ErrorForm.QUERY, this::assumeRole);
            case "GetSessionToken" -> new Route(method, Kind.WRITE, ErrorForm.QUERY, this::sessionToken);
            default -> Route.missing(method, ErrorForm.QUERY);
        };
    }

    /** Needs no permission: "no permissions are required to perform this operation". */
    private Response callerIdentity(AwsCall call) {
        Caller.Known caller = call.known();
        if (call.header("accept").orElse("").contains("application/json")) {
            return Response.json(
                    200, """
                    {"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"%s","Arn":"%s","UserId":"%s"},\
                    "ResponseMetadata":{"RequestId":"%s"}}}""".formatted(caller.account(), caller.sessionArn(), caller.userid(), scene.requestId()));
        }
        return answer(
                "GetCallerIdentity",
                call,
                (_, xml) -> xml.text("Arn", caller.sessionArn())
                        .text("UserId", caller.userid())
                        .text("Account", caller.account()));
    }

    private Response assumeRole(AwsCall call) {
        String arn = call.parameter("RoleArn");
        String name = call.parameter("RoleSessionName");
        if (!name.matches("[\\w+=,.@-]{2,64}")) {
            throw new AwsException(
                    400, "ValidationError", "roleSessionName: expected [\\w+=,.@-]{2,64}, found " + name);
        }
        Caller.Known caller = call.known();
        Optional<Role> role =
                scene.state().identityByArn(arn).filter(Role.class::isInstance).map(Role.class::cast);
        if (role.isEmpty() || !mayAssume(call, role.get())) {
            throw new AwsException(
                    403,
                    "AccessDenied",
                    "User: " + caller.sessionArn() + " is not authorized to perform: sts:AssumeRole on resource: "
                            + arn);
        }
        Optional<String> policy = call.query().get("Policy").filter(p -> !p.isEmpty());
        policy.ifPresent(p -> PolicyReader.read(PolicyText.parse(p, 2048), PolicyReader.Dialect.IDENTITY));
        Session session = session(call, role.get().id(), name, role.get().maxSessionSeconds(), policy);
        scene.state().account(role.get().account()).sessions().put(session.keyId(), session);
        Caller.Known becomes = scene.directory().caller(role.get().id(), arn, name);
        return answer("AssumeRole", call, (_, xml) -> {
            credentials(xml, session);
            xml.element(
                    "AssumedRoleUser",
                    user -> user.text("AssumedRoleId", becomes.userid()).text("Arn", becomes.sessionArn()));
        });
    }

    private boolean mayAssume(AwsCall call, Role role) {
        ResourceLayer layer = new ResourceLayer(
                ResourceLayer.Kind.ROLE,
                "trust policy of " + role.arn(),
                role.account(),
                role.arn(),
                role.trust().document(),
                false);
        var context = Authorization.context(call, scene);
        Optional<String> external = call.query().get("ExternalId");
        if (external.isPresent()) {
            context = context.with("sts:ExternalId", external.get());
        }
        context = context.with("sts:RoleSessionName", call.parameter("RoleSessionName"));
        return AccessDecision.decide(call.caller(), call.own(), "sts:AssumeRole", List.of(layer), context)
                .allowed();
    }

    private Response sessionToken(AwsCall call) {
        Caller.Known caller = call.known();
        if (caller.kind() != Caller.Kind.USER
                || scene.state().identityById(caller.uniqueId()).isEmpty()) {
            throw new AwsException(403, "AccessDenied", "Cannot call GetSessionToken with session credentials");
        }
        Session session = session(call, caller.uniqueId(), "", 129_600, Optional.empty());
        scene.state().account(caller.account()).sessions().put(session.keyId(), session);
        return answer("GetSessionToken", call, (_, xml) -> credentials(xml, session));
    }

    private Session session(AwsCall call, String principal, String name, int maximum, Optional<String> policy) {
        int seconds = call.query().number("DurationSeconds").orElse(Math.min(maximum, name.isEmpty() ? 43_200 : 3600));
        if (seconds < 900 || seconds > maximum) {
            throw new AwsException(
                    400, "ValidationError", "DurationSeconds: expected 900 to " + maximum + ", found " + seconds);
        }
        return new Session(
                Naming.uniqueId("ASIA", scene.world().random()).substring(0, 20),
                Naming.secret(scene.world().random()),
                Naming.token(scene.world().random()),
                principal,
                name,
                scene.now().plus(Duration.ofSeconds(seconds)).truncatedTo(ChronoUnit.SECONDS),
                policy,
                Optional.empty());
    }

    private static void credentials(Xml xml, Session session) {
        xml.element(
                "Credentials",
                c -> c.text("AccessKeyId", session.keyId())
                        .text("SecretAccessKey", session.secret())
                        .text("SessionToken", session.token())
                        .text("Expiration", session.expiresAt()));
    }

    private Response answer(String action, AwsCall call, BiConsumer<AwsCall, Xml> result) {
        return Response.xml(
                200,
                Xml.document(
                        action + "Response",
                        NAMESPACE,
                        xml -> xml.element(action + "Result", r -> result.accept(call, r))
                                .element("ResponseMetadata", m -> m.text("RequestId", scene.requestId()))));
    }
}
