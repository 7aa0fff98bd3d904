package org.physionet.provisioner.simulator.aws.grants;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.control.ControlCall;
import org.physionet.provisioner.simulator.aws.state.AccessGrant;
import org.physionet.provisioner.simulator.aws.state.AccessGrant.Permission;
import org.physionet.provisioner.simulator.aws.state.GrantsInstance;
import org.physionet.provisioner.simulator.aws.state.GrantsLocation;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Query;
import org.physionet.provisioner.simulator.aws.wire.Xml;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/**
 * Grants: made, shown, listed, deleted. A grantee is the ARN of a user or role; whether AWS looks up that it exists, and whether it
 * keeps the unique id behind it, is not documented: here the ARN is kept as it is, so that a user who is made again with the same name
 * inherits the grant (facts/aws.md A1.1, [VERIFY]).
 */
final class GrantCalls {
    private static final Pattern GRANTEE = Pattern.compile("arn:aws:iam::\\d{12}:(?:user|role)/[\\x21-\\x7e&&[^*?]]+");

    private GrantCalls() {}

    static Response create(GrantsCall call) {
        XmlBody body = XmlBody.parse(call.aws().payload());
        String place = body.text("AccessGrantsLocationId").orElse("");
        call.require("s3:CreateAccessGrant", call.arn() + "/location/" + place);
        GrantsLocation location = call.location(place);
        GrantsInstance instance = call.instance();
        String subPrefix = body.child("AccessGrantsLocationConfiguration")
                .flatMap(c -> c.text("S3SubPrefix"))
                .orElse("");
        if (location.id().equals("default") && subPrefix.isEmpty()) {
            throw invalid();
        }
        AccessGrant grant = new AccessGrant(
                Naming.uuid(call.scene().world().random()),
                location.id(),
                subPrefix,
                grantee(body),
                permission(body.text("Permission").orElse("")),
                body.text("S3PrefixType").isPresent(),
                location.grantScope(subPrefix),
                call.scene().now().truncatedTo(ChronoUnit.SECONDS));
        if (instance.grants().size() >= instance.quota()) {
            throw new AwsException(
                    409,
                    "AccessGrantsQuotaExceededError",
                    "The access grants quota has been exceeded. Access Grants Quota: " + instance.quota()
                            + ". Please reach out to S3 if an increase is required.");
        }
        var tags = Tags.read(body);
        if (!instance.add(grant)) {
            throw new AwsException(409, "AccessGrantAlreadyExists", "The specified access grant already exists");
        }
        Tags.put(instance, instance.arn(grant), tags);
        return answer("CreateAccessGrantResult", instance, grant);
    }

    /** Users and groups of a directory would need an Identity Center, which is not simulated. */
    private static String grantee(XmlBody body) {
        XmlBody grantee = body.child("Grantee").orElseThrow(GrantCalls::invalid);
        String arn = grantee.text("GranteeIdentifier").orElse("");
        if (!grantee.text("GranteeType").orElse("").equals("IAM")
                || !GRANTEE.matcher(arn).matches()) {
            throw invalid();
        }
        return arn;
    }

    static Permission permission(String written) {
        return Arrays.stream(Permission.values())
                .filter(p -> p.name().equals(written))
                .findFirst()
                .orElseThrow(() -> new AwsException(
                        400, "InvalidRequest", "Permission: expected READ, WRITE or READWRITE, found " + written));
    }

    private static AwsException invalid() {
        return new AwsException(400, "InvalidAccessGrant", "The specified Access Grant is invalid");
    }

    private static AccessGrant find(GrantsCall call, String id) {
        AccessGrant grant = call.instance().grants().get(id);
        if (grant == null) {
            throw new AwsException(404, "NoSuchAccessGrantError", "The specified access grant does not exist");
        }
        return grant;
    }

    static Response get(GrantsCall call, String id) {
        call.require("s3:GetAccessGrant", call.arn() + "/grant/" + id);
        return answer("GetAccessGrantResult", call.instance(), find(call, id));
    }

    /** Nobody gets new credentials by it from now on; those that were vended live on (facts/aws.md A2.3). */
    static Response delete(GrantsCall call, String id) {
        call.require("s3:DeleteAccessGrant", call.arn() + "/grant/" + id);
        call.instance().remove(find(call, id));
        return Response.empty(204);
    }

    static Response list(GrantsCall call) {
        call.require("s3:ListAccessGrants", call.arn());
        GrantsInstance instance = call.instance();
        Query query = call.aws().query();
        Predicate<AccessGrant> fits = grant -> same(query, "granteetype", "IAM")
                && same(query, "granteeidentifier", grant.grantee())
                && same(query, "permission", grant.permission().name())
                && same(query, "grantscope", grant.scope())
                && query.get("application_arn").isEmpty();
        return Page.of(instance.grants(), fits, query)
                .answer(
                        "ListAccessGrantsResult",
                        "AccessGrantsList",
                        "AccessGrant",
                        (xml, grant) -> write(xml, instance, grant));
    }

    /** One's own, by the beginning of their scope. */
    static Response listCallers(GrantsCall call) {
        call.require("s3:ListCallerAccessGrants", call.arn());
        Optional<String> start = call.aws().query().get("grantscope");
        String caller = call.aws().known().arn();
        return Page.of(
                        call.instance().grants(),
                        g -> g.grantee().equals(caller)
                                && (start.isEmpty() || g.scope().startsWith(start.get())),
                        call.aws().query())
                .answer(
                        "ListCallerAccessGrantsResult",
                        "CallerAccessGrantsList",
                        "AccessGrant",
                        (xml, grant) ->
                                xml.text("Permission", grant.permission()).text("GrantScope", grant.scope()));
    }

    private static boolean same(Query query, String parameter, String value) {
        return query.get(parameter).filter(v -> !v.isEmpty()).orElse(value).equals(value);
    }

    private static Response answer(String root, GrantsInstance instance, AccessGrant grant) {
        return ControlCall.answer(root, xml -> write(xml, instance, grant));
    }

    private static void write(Xml xml, GrantsInstance instance, AccessGrant grant) {
        xml.text("CreatedAt", grant.createdAt())
                .text("AccessGrantId", grant.id())
                .text("AccessGrantArn", instance.arn(grant))
                .element("Grantee", g -> grantee(g, grant.grantee()))
                .text("Permission", grant.permission())
                .text("AccessGrantsLocationId", grant.location());
        if (!grant.subPrefix().isEmpty()) {
            xml.element("AccessGrantsLocationConfiguration", c -> c.text("S3SubPrefix", grant.subPrefix()));
        }
        xml.text("GrantScope", grant.scope());
    }

    static void grantee(Xml xml, String arn) {
        xml.text("GranteeType", "IAM").text("GranteeIdentifier", arn);
    }
}
