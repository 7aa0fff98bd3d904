package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.World;

/** Whether a member can be named in a policy: one that can not refuses the whole policy (facts/gcp.md 2, rows 6-8, 11, 18). */
final class MemberRules {
    private final GoogleState state;
    private final Service service;
    private final String prefix;
    private final String project;
    private final Predicate<Member> alreadyThere;

    /**
     * @param prefix of every message, e.g. {@code IAM setPolicy failed for Dataset p:d: }
     * @param project id, for the organization policy's subject
     * @param alreadyThere whether the stored policy names the member
     */
    MemberRules(GoogleState state, Service service, String prefix, String project, Predicate<Member> alreadyThere) {
        this.state = state;
        this.service = service;
        this.prefix = prefix;
        this.project = project;
        this.alreadyThere = alreadyThere;
    }

    /** The member in the account's own spelling. */
    Member accept(Member member) {
        Member accepted = member.deleted() ? deleted(member) : living(member);
        permitted(accepted);
        return accepted;
    }

    private Member deleted(Member member) {
        if (service == Service.BIGQUERY && state.switches.refuseDeleted()) {
            throw invalid("Invalid argument: " + member + " does not exist.");
        }
        boolean known = alreadyThere.test(member) || state.accounts.knowsDeleted(member.value(), member.uid());
        if (!known) {
            throw invalid(member + " is unknown: no deleted account has that uid.");
        }
        return member;
    }

    private Member living(Member member) {
        return switch (member.kind()) {
            case USER, SERVICE_ACCOUNT -> person(member);
            case GROUP -> group(member);
            case DOMAIN -> domain(member);
            case PROJECT_OWNER, PROJECT_EDITOR, PROJECT_VIEWER -> convenience(member);
            case ALL_USERS, ALL_AUTHENTICATED_USERS -> open(member);
            case PRINCIPAL, PRINCIPAL_SET -> member;
        };
    }

    private Member person(Member member) {
        String address = member.value();
        if (!Addresses.wellFormed(address)) {
            throw invalid("Invalid argument");
        }
        if (state.group(address).isPresent()) {
            throw invalid("Account " + address + " is of type \"group\". Please set the type prefix to be \"group:\".");
        }
        boolean service = Addresses.serviceAccount(address);
        if (service != (member.kind() == Member.Kind.SERVICE_ACCOUNT)) {
            String type = service ? "serviceAccount" : "user";
            throw invalid("Account " + address + " is of type \"" + type + "\". Please set the type prefix to be \""
                    + type + ":\".");
        }
        if (state.accounts.notGoogle(address)) {
            throw invalid("Invalid argument");
        }
        if (!state.accounts.exists(address)) {
            throw invalid((service ? "Service account " : "User ") + address + " does not exist.");
        }
        return Member.of(member.kind(), state.accounts.spelling(address));
    }

    private Member group(Member member) {
        String address = member.value();
        if (!Addresses.wellFormed(address)) {
            throw invalid("Invalid argument");
        }
        boolean unnamed = state.group(address).isEmpty();
        if (unnamed && state.accounts.named(address).isPresent()) {
            throw invalid("Account " + address + " is of type \"user\". Please set the type prefix to be \"user:\".");
        }
        boolean exists = state.group(address)
                .map(group -> !state.now().isBefore(group.knownFrom))
                .orElse(address.equals(UsageLog.WRITER)
                        || state.world.accounts() == World.Accounts.OPEN
                                && !state.groups.containsKey(Addresses.key(address)));
        if (!exists) {
            throw invalid("Group " + address + " does not exist.");
        }
        return Member.of(
                Member.Kind.GROUP, state.group(address).map(g -> g.email).orElse(address));
    }

    private Member domain(Member member) {
        if (!member.value().matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+")) {
            throw invalid("Domain name " + member.value() + " has an invalid format.");
        }
        return member;
    }

    private Member convenience(Member member) {
        if (service == Service.RESOURCE_MANAGER) {
            throw invalid(
                    "The member " + member + " is of an unknown type. Please set a valid type prefix for the member.");
        }
        return member;
    }

    private Member open(Member member) {
        if (service == Service.RESOURCE_MANAGER) {
            throw invalid("Policy members must be of the form \"<type>:<value>\"; " + member
                    + " cannot be granted on this resource.");
        }
        return member;
    }

    /** Domain-restricted sharing is not retroactive, and asks only for the principal that is named. */
    private void permitted(Member member) {
        if (state.switches.permittedDomains().isEmpty() || alreadyThere.test(member)) {
            return;
        }
        boolean permitted = switch (member.kind()) {
            case USER, GROUP -> state.switches.permittedDomains().contains(Addresses.domain(member.value()));
            case DOMAIN -> state.switches.permittedDomains().contains(Addresses.domain(member.value()));
            case ALL_USERS, ALL_AUTHENTICATED_USERS, PRINCIPAL, PRINCIPAL_SET -> false;
            case SERVICE_ACCOUNT, PROJECT_OWNER, PROJECT_EDITOR, PROJECT_VIEWER -> true;
        };
        if (!permitted) {
            throw restricted();
        }
    }

    private GoogleError restricted() {
        String message = prefix + "One or more users named in the policy do not belong to a permitted customer.";
        ArrayNode details = Json.MAPPER.createArrayNode();
        ObjectNode failure = details.addObject().put("@type", "type.googleapis.com/google.rpc.PreconditionFailure");
        failure.putArray("violations")
                .addObject()
                .put("type", "constraints/iam.allowedPolicyMemberDomains")
                .put("subject", "orgpolicy:projects/" + project)
                .put("description", "User is not in permitted organization.");
        return switch (service) {
            case STORAGE -> new GoogleError(412, "conditionNotMet", message, "", details);
            case BIGQUERY -> new GoogleError(400, "invalid", message);
            case RESOURCE_MANAGER, DIRECTORY, CLOUD_IDENTITY ->
                new GoogleError(400, "failedPrecondition", message, "FAILED_PRECONDITION", details);
        };
    }

    private GoogleError invalid(String message) {
        return GoogleError.invalid(prefix + message);
    }
}
