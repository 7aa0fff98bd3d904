package org.physionet.provisioner.simulator.aws.grants;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SortedMap;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.control.ControlCall;
import org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.GrantsInstance;
import org.physionet.provisioner.simulator.aws.state.StoredPolicy;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Xml;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** The instance itself, one for an account and region, and its resource policy. */
final class InstanceCalls {
    /** Characters of a resource policy (S3 API reference, PutAccessGrantsInstanceResourcePolicy). */
    private static final int POLICY_LIMIT = 350_000;

    private InstanceCalls() {}

    static Response create(GrantsCall call) {
        call.require("s3:CreateAccessGrantsInstance", call.arn());
        if (call.found().isPresent()) {
            throw new AwsException(409, "AccessGrantsInstanceAlreadyExists", "Access Grants Instance already exists");
        }
        GrantsInstance instance = new GrantsInstance(
                call.owner(),
                call.aws().region(),
                call.scene().now().truncatedTo(ChronoUnit.SECONDS),
                GrantsInstance.GRANTS);
        if (call.aws().payload().length > 0) {
            XmlBody body = XmlBody.parse(call.aws().payload());
            if (body.text("IdentityCenterArn").isPresent()) {
                throw new AwsException(
                        400, "InvalidIdentityCenterInstance", "The specified identity center instance is invalid");
            }
            Tags.put(instance, instance.arn(), Tags.read(body));
        }
        call.scene().state().account(call.owner()).grants().put(instance.region(), instance);
        return answer("CreateAccessGrantsInstanceResult", instance);
    }

    static Response get(GrantsCall call) {
        call.require("s3:GetAccessGrantsInstance", call.arn());
        return answer("GetAccessGrantsInstanceResult", call.instance());
    }

    static Response list(GrantsCall call) {
        call.require("s3:ListAccessGrantsInstances", "*");
        SortedMap<String, GrantsInstance> all =
                call.scene().state().account(call.owner()).grants();
        return Page.of(
                        all,
                        i -> i.region().equals(call.aws().region()),
                        call.aws().query())
                .answer(
                        "ListAccessGrantsInstancesResult",
                        "AccessGrantsInstancesList",
                        "AccessGrantsInstance",
                        InstanceCalls::write);
    }

    /** Only an empty one. */
    static Response delete(GrantsCall call) {
        call.require("s3:DeleteAccessGrantsInstance", call.arn());
        GrantsInstance instance = call.instance();
        if (!instance.locations().isEmpty()) {
            throw new AwsException(
                    400,
                    "AccessGrantsInstanceNotEmptyError",
                    "Please clean up locations before deleting the access grants instance");
        }
        call.scene().state().account(call.owner()).grants().remove(instance.region());
        return Response.empty(204);
    }

    /** Asked of one's own account about any bucket: which instance, perhaps of another account, is in charge of a place. */
    static Response forPrefix(GrantsCall call) {
        String prefix = call.parameter("s3prefix");
        String name = prefix.toLowerCase(Locale.ROOT).startsWith("s3://") ? prefix.substring(5) : prefix;
        Bucket bucket = call.scene().state().buckets().get(name.replaceFirst("/.*", ""));
        GrantsCall there = bucket == null ? call : new GrantsCall(call.aws(), call.scene(), bucket.account());
        there.require("s3:GetAccessGrantsInstanceForPrefix", there.arn());
        GrantsInstance instance = there.instance();
        return ControlCall.answer(
                "GetAccessGrantsInstanceForPrefixResult",
                xml -> xml.text("AccessGrantsInstanceArn", instance.arn()).text("AccessGrantsInstanceId", "default"));
    }

    static Response putPolicy(GrantsCall call) {
        call.require("s3:PutAccessGrantsInstanceResourcePolicy", call.arn());
        GrantsInstance instance = call.instance();
        XmlBody body = XmlBody.parse(call.aws().payload());
        GrantsInstance.Policy policy = new GrantsInstance.Policy(
                accepted(call, body.text("Policy").orElse("")),
                body.text("Organization").filter(o -> !o.isEmpty()).orElse(null),
                call.scene().now().truncatedTo(ChronoUnit.SECONDS));
        instance.policy(policy);
        return shown("PutAccessGrantsInstanceResourcePolicyResult", call, policy);
    }

    private static StoredPolicy accepted(GrantsCall call, String text) {
        try {
            ObjectNode json = PolicyText.parse(text, POLICY_LIMIT);
            PolicyReader.read(json, PolicyReader.Dialect.RESOURCE);
            return StoredPolicy.of(call.scene().principals().stored(json), PolicyReader.Dialect.RESOURCE);
        } catch (PolicyGrammarException e) {
            throw new AwsException(400, "InvalidResourcePolicy", "The specified Resource Policy is invalid");
        }
    }

    static Response getPolicy(GrantsCall call) {
        call.require("s3:GetAccessGrantsInstanceResourcePolicy", call.arn());
        return shown("GetAccessGrantsInstanceResourcePolicyResult", call, policy(call.instance()));
    }

    static Response deletePolicy(GrantsCall call) {
        call.require("s3:DeleteAccessGrantsInstanceResourcePolicy", call.arn());
        GrantsInstance instance = call.instance();
        policy(instance);
        instance.policy(null);
        return Response.empty(204);
    }

    private static GrantsInstance.Policy policy(GrantsInstance instance) {
        return instance.policy()
                .orElseThrow(() -> new AwsException(
                        404,
                        "AccessGrantsInstanceResourcePolicyNotExists",
                        "Access Grants Instance Resource Policy does not exist"));
    }

    private static Response shown(String root, GrantsCall call, GrantsInstance.Policy policy) {
        ObjectNode json = call.scene().principals().shown(policy.policy().json());
        return ControlCall.answer(root, xml -> {
            xml.text("Policy", PolicyText.minified(json));
            String organization = policy.organization();
            if (organization != null) {
                xml.text("Organization", organization);
            }
            xml.text("CreatedAt", policy.createdAt());
        });
    }

    private static Response answer(String root, GrantsInstance instance) {
        return ControlCall.answer(root, xml -> write(xml, instance));
    }

    private static void write(Xml xml, GrantsInstance instance) {
        xml.text("CreatedAt", instance.createdAt())
                .text("AccessGrantsInstanceId", "default")
                .text("AccessGrantsInstanceArn", instance.arn());
    }
}
