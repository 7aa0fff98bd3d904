package org.physionet.provisioner.simulator.aws.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.aws.call.Authentication;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.OwnSide;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.policy.SimulatedDecision;
import org.physionet.provisioner.simulator.aws.state.Administrator;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/**
 * IAM's policy simulator for a user or role of the caller's account (IAM API reference, SimulatePrincipalPolicy). Resource policies and further
 * policies that a request may bring along are not looked at: they are refused rather than ignored.
 */
final class PolicySimulation {
    private static final List<String> NOT_HERE =
            List.of("PolicyInputList.member.1", "PermissionsBoundaryPolicyInputList.member.1", "ResourcePolicy");
    private static final int PAGE = 100;

    private PolicySimulation() {}

    static void addTo(Map<String, IamAction> actions) {
        actions.put(
                "SimulatePrincipalPolicy",
                new IamAction(Kind.READ, call -> call.parameter("PolicySourceArn"), PolicySimulation::simulate));
    }

    /** One action on one resource. */
    private record Question(String action, String resource) {}

    private static void simulate(IamCall call, Xml xml) {
        NOT_HERE.stream()
                .filter(name -> call.optional(name).isPresent())
                .findFirst()
                .ifPresent(name -> {
                    throw new AwsException(
                            400,
                            "InvalidInput",
                            name.replaceFirst("\\..*", "")
                                    + ": this simulator simulates the principal's own policies only");
                });
        String arn = call.parameter("PolicySourceArn");
        Authentication authentication =
                new Authentication(call.scene(), call.scene().world().clock());
        String id = arn.equals(Administrator.arn(call.scene().world().awsAccount()))
                ? Administrator.ID
                : call.scene()
                        .state()
                        .identityByArn(arn)
                        .filter(identity ->
                                identity.account().equals(call.account().id()))
                        .orElseThrow(() -> IamCall.noSuch("principal", arn))
                        .id();
        Caller.Known principal = call.scene().directory().find(id).orElseThrow();
        OwnSide own = authentication.ownSideOf(id);
        RequestContext context = context(call);
        List<Question> all = new ArrayList<>();
        for (String action : members(call, "ActionNames")) {
            List<String> resources = members(call, "ResourceArns");
            (resources.isEmpty() ? List.of("*") : resources)
                    .forEach(resource -> all.add(new Question(action, resource)));
        }
        if (all.isEmpty()) {
            throw new AwsException(400, "ValidationError", "ActionNames: expected at least one action, found none");
        }
        int from = call.optional("Marker").map(PolicySimulation::marker).orElse(0);
        int to = Math.min(
                all.size(), from + call.aws().query().number("MaxItems").orElse(PAGE));
        xml.element("EvaluationResults", results -> {
            for (Question question : all.subList(Math.min(from, to), to)) {
                SimulatedDecision decision =
                        SimulatedDecision.of(principal, own, question.action(), question.resource(), context);
                results.element("member", one -> write(one, question, decision));
            }
        });
        xml.text("IsTruncated", to < all.size());
        if (to < all.size()) {
            xml.text("Marker", String.valueOf(to));
        }
    }

    private static void write(Xml one, Question question, SimulatedDecision decision) {
        one.text("EvalActionName", question.action())
                .text("EvalResourceName", question.resource())
                .text("EvalDecision", decision.verdict())
                .element(
                        "MatchedStatements",
                        matched -> decision.matched()
                                .forEach(label -> matched.element(
                                        "member",
                                        statement -> statement
                                                .text("SourcePolicyId", label)
                                                .text("SourcePolicyType", "IAM Policy"))))
                .element("MissingContextValues", _ -> {});
        String organization = String.valueOf(decision.organization());
        if (decision.organization() != null) {
            one.element("OrganizationsDecisionDetail", d -> d.text("AllowedByOrganizations", organization));
        }
        String boundary = String.valueOf(decision.boundary());
        if (decision.boundary() != null) {
            one.element("PermissionsBoundaryDecisionDetail", d -> d.text("AllowedByPermissionsBoundary", boundary));
        }
    }

    private static RequestContext context(IamCall call) {
        RequestContext context = RequestContext.empty();
        for (int i = 1;
                call.optional("ContextEntries.member." + i + ".ContextKeyName").isPresent();
                i++) {
            String entry = "ContextEntries.member." + i;
            context = context.with(
                    call.parameter(entry + ".ContextKeyName"),
                    members(call, entry + ".ContextKeyValues").toArray(String[]::new));
        }
        return context;
    }

    private static List<String> members(IamCall call, String list) {
        List<String> all = new ArrayList<>();
        for (int i = 1; call.optional(list + ".member." + i).isPresent(); i++) {
            all.add(call.parameter(list + ".member." + i));
        }
        return all;
    }

    private static int marker(String text) {
        if (!text.matches("\\d{1,6}")) {
            throw new AwsException(400, "InvalidInput", "Invalid Marker: " + text);
        }
        return Integer.parseInt(text);
    }
}
