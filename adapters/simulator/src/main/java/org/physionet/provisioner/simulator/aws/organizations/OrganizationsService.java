package org.physionet.provisioner.simulator.aws.organizations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.JsonProtocol;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.call.Service;
import org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.state.Organization;
import org.physionet.provisioner.simulator.aws.state.ServiceControlPolicy;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Query;

/** Service control policies, by the management account alone (Organizations API reference). The organization itself comes from the state. */
public final class OrganizationsService implements Service {
    private static final String TYPE = "SERVICE_CONTROL_POLICY";
    private static final Set<String> READS =
            Set.of("DescribePolicy", "ListTargetsForPolicy", "ListPoliciesForTarget", "ListTagsForResource");

    private final Scene scene;
    private final Map<String, BiFunction<Organization, ObjectNode, ObjectNode>> operations = new TreeMap<>();

    public OrganizationsService(Scene scene) {
        this.scene = scene;
        operations.put("CreatePolicy", this::create);
        operations.put("DescribePolicy", (o, body) -> shown(o, policy(o, body, "PolicyId")));
        operations.put("UpdatePolicy", this::update);
        operations.put("DeletePolicy", this::delete);
        operations.put("AttachPolicy", (o, body) -> attach(o, body, true));
        operations.put("DetachPolicy", (o, body) -> attach(o, body, false));
        operations.put("ListTargetsForPolicy", this::targets);
        operations.put("ListPoliciesForTarget", this::ofTarget);
        operations.put("ListTagsForResource", this::tags);
        operations.put("TagResource", this::tag);
        operations.put("UntagResource", this::untag);
    }

    @Override
    public Route route(Request request, Query query) {
        String name = JsonProtocol.operation(request);
        BiFunction<Organization, ObjectNode, ObjectNode> operation = operations.get(name);
        String method = "organizations." + name;
        return operation == null
                ? Route.missing(method, ErrorForm.JSON)
                : new Route(
                        method,
                        READS.contains(name) ? Kind.READ : Kind.WRITE,
                        ErrorForm.JSON,
                        call -> perform(name, operation, call));
    }

    private Response perform(String name, BiFunction<Organization, ObjectNode, ObjectNode> operation, AwsCall call) {
        new Authorization(scene).require(call, "organizations:" + name, "*", "AccessDeniedException");
        String account = call.known().account();
        Organization organization = scene.state()
                .organization()
                .filter(o -> o.management().equals(account))
                .orElseThrow(() -> new AwsException(
                        400,
                        "AWSOrganizationsNotInUseException",
                        "Account " + account + " does not manage an organization."));
        return JsonProtocol.answer(operation.apply(organization, JsonProtocol.body(call)));
    }

    private ObjectNode create(Organization organization, ObjectNode body) {
        String name = body.path("Name").asText();
        if (!body.path("Type").asText().equals(TYPE)) {
            throw invalid("Only policies of type " + TYPE + " are simulated.");
        }
        if (organization.policies().values().stream().anyMatch(p -> p.name().equals(name))) {
            throw new AwsException(400, "DuplicatePolicyException", "A policy with the same name already exists.");
        }
        ServiceControlPolicy made = checked(new ServiceControlPolicy(
                "p-"
                        + Naming.uniqueId("", scene.world().random())
                                .substring(0, 8)
                                .toLowerCase(java.util.Locale.ROOT),
                name,
                body.path("Description").asText(),
                body.path("Content").asText(),
                JsonProtocol.tags(body.path("Tags")),
                new TreeSet<>()));
        organization.policies().put(made.id(), made);
        return shown(organization, made);
    }

    private ObjectNode update(Organization organization, ObjectNode body) {
        ServiceControlPolicy old = policy(organization, body, "PolicyId");
        ServiceControlPolicy changed = checked(old.with(
                body.path("Name").asText(old.name()),
                body.path("Description").asText(old.description()),
                body.path("Content").asText(old.content())));
        organization.policies().put(changed.id(), changed);
        return shown(organization, changed);
    }

    private static ServiceControlPolicy checked(ServiceControlPolicy policy) {
        try {
            policy.document();
            return policy;
        } catch (PolicyGrammarException e) {
            throw new AwsException(400, "MalformedPolicyDocumentException", String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode delete(Organization organization, ObjectNode body) {
        ServiceControlPolicy policy = policy(organization, body, "PolicyId");
        if (!policy.targets().isEmpty()) {
            throw new AwsException(
                    400, "PolicyInUseException", "The policy is attached to one or more entities. Detach it first.");
        }
        organization.policies().remove(policy.id());
        return JsonProtocol.object();
    }

    private ObjectNode attach(Organization organization, ObjectNode body, boolean on) {
        ServiceControlPolicy policy = policy(organization, body, "PolicyId");
        String target = body.path("TargetId").asText();
        if (!isMember(organization, target)) {
            throw new AwsException(
                    400, "TargetNotFoundException", "You specified a target that doesn't exist: " + target);
        }
        SortedSet<String> targets = new TreeSet<>(policy.targets());
        if (on ? !targets.add(target) : !targets.remove(target)) {
            throw new AwsException(
                    400,
                    on ? "DuplicatePolicyAttachmentException" : "PolicyNotAttachedException",
                    "The policy is " + (on ? "already" : "not") + " attached to " + target);
        }
        organization.policies().put(policy.id(), policy.on(targets));
        return JsonProtocol.object();
    }

    private boolean isMember(Organization organization, String account) {
        return account.equals(organization.management())
                || scene.state()
                        .findAccount(account)
                        .map(Account::organization)
                        .filter(organization.id()::equals)
                        .isPresent();
    }

    private ObjectNode targets(Organization organization, ObjectNode body) {
        ObjectNode answer = JsonProtocol.object();
        ArrayNode targets = answer.putArray("Targets");
        policy(organization, body, "PolicyId")
                .targets()
                .forEach(target -> targets.addObject()
                        .put("TargetId", target)
                        .put("Arn", arn(organization, "account", target))
                        .put("Name", target)
                        .put("Type", "ACCOUNT"));
        return answer;
    }

    private ObjectNode ofTarget(Organization organization, ObjectNode body) {
        ObjectNode answer = JsonProtocol.object();
        ArrayNode policies = answer.putArray("Policies");
        organization.policies().values().stream()
                .filter(policy ->
                        policy.targets().contains(body.path("TargetId").asText()))
                .forEach(policy -> policies.add(summary(organization, policy)));
        return answer;
    }

    private ObjectNode tags(Organization organization, ObjectNode body) {
        ObjectNode answer = JsonProtocol.object();
        JsonProtocol.put(
                answer.putArray("Tags"),
                policy(organization, body, "ResourceId").tags());
        return answer;
    }

    private ObjectNode tag(Organization organization, ObjectNode body) {
        ServiceControlPolicy policy = policy(organization, body, "ResourceId");
        SortedMap<String, String> tags = new TreeMap<>(policy.tags());
        tags.putAll(JsonProtocol.tags(body.path("Tags")));
        organization.policies().put(policy.id(), policy.tagged(tags));
        return JsonProtocol.object();
    }

    private ObjectNode untag(Organization organization, ObjectNode body) {
        ServiceControlPolicy policy = policy(organization, body, "ResourceId");
        SortedMap<String, String> tags = new TreeMap<>(policy.tags());
        body.path("TagKeys").forEach(key -> tags.remove(key.asText()));
        organization.policies().put(policy.id(), policy.tagged(tags));
        return JsonProtocol.object();
    }

    private static ServiceControlPolicy policy(Organization organization, ObjectNode body, String field) {
        String id = body.path(field).asText();
        ServiceControlPolicy policy = organization.policies().get(id);
        if (policy == null) {
            throw new AwsException(400, "PolicyNotFoundException", "We can't find a policy with the PolicyId " + id);
        }
        return policy;
    }

    private static ObjectNode shown(Organization organization, ServiceControlPolicy policy) {
        ObjectNode answer = JsonProtocol.object();
        ObjectNode inner = answer.putObject("Policy");
        inner.set("PolicySummary", summary(organization, policy));
        inner.put("Content", policy.content());
        return answer;
    }

    private static ObjectNode summary(Organization organization, ServiceControlPolicy policy) {
        return JsonProtocol.object()
                .put("Id", policy.id())
                .put("Arn", arn(organization, "policy", "service_control_policy/" + policy.id()))
                .put("Name", policy.name())
                .put("Description", policy.description())
                .put("Type", TYPE)
                .put("AwsManaged", false);
    }

    private static String arn(Organization organization, String kind, String rest) {
        return "arn:aws:organizations::" + organization.management() + ":" + kind + "/" + organization.id() + "/"
                + rest;
    }

    private static AwsException invalid(String message) {
        return new AwsException(400, "InvalidInputException", message);
    }
}
