package org.physionet.provisioner.adapters.aws.accessgrants;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.bucket.BucketChecks;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.Statement;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3control.model.ListAccessGrantsLocationsEntry;

/** What has to be registered once before grants mean anything: instance, location with its role, the instance's policy (facts/aws.md A5). */
final class Registration {
    private static final String GET_DATA_ACCESS = "s3:GetDataAccess";

    private final LazyClients clients;
    private final GrantScope scope;
    private final String account;
    private final String region;

    Registration(LazyClients clients, GrantScope scope) {
        this.clients = clients;
        this.scope = scope;
        this.account = clients.settings().account().value();
        this.region = clients.settings().region();
    }

    /** Why no grant can be made, with the commands that an administrator runs once. */
    String missing() {
        return "S3 Access Grants has no location for it and aws.accessGrants.locationRole is not set; set that, or run: "
                + commands();
    }

    List<Check> check() {
        BucketChecks checks = new BucketChecks(clients, scope.location(), S3ResourceKind.ACCESS_GRANTS);
        List<Check> all = new ArrayList<>();
        all.addAll(checks.answer("location of " + scope.text(), "s3:ListAccessGrantsLocations", this::location));
        all.addAll(checks.answer(
                "policy of the access grants instance", "s3:GetAccessGrantsInstanceResourcePolicy", this::policy));
        return all;
    }

    private List<Check> location() {
        String what = "location of " + scope.text() + " in S3 Access Grants";
        boolean makes = clients.settings().locationRole() != null;
        List<ListAccessGrantsLocationsEntry> fitting;
        try {
            fitting = clients
                    .get()
                    .s3Control()
                    .listAccessGrantsLocations(r -> r.accountId(account).maxResults(1000))
                    .accessGrantsLocationsList()
                    .stream()
                    .filter(l -> scope.isIn(l.locationScope()))
                    .toList();
        } catch (SdkException e) {
            if (!AwsErrors.code(e).equals("AccessGrantsInstanceNotExistsError")) {
                throw e;
            }
            fitting = List.of();
        }
        if (fitting.isEmpty()) {
            return List.of(new Check(
                    what,
                    makes,
                    makes ? "not there yet; the first grant makes it with aws.accessGrants.locationRole" : "none",
                    makes ? "" : "set aws.accessGrants.locationRole, or run: " + commands()));
        }
        ListAccessGrantsLocationsEntry found = fitting.getLast();
        return List.of(new Check(what, true, found.locationScope() + " with role " + found.iamRoleArn(), ""));
    }

    /** Callers of other accounts need the instance's leave to ask (S3 user guide, "Cross-account access"). */
    private List<Check> policy() {
        String what = "policy of the access grants instance lets researchers' accounts ask";
        SortedSet<String> may = new TreeSet<>();
        try {
            Policy policy = Policy.parse(clients.get()
                    .s3Control()
                    .getAccessGrantsInstanceResourcePolicy(r -> r.accountId(account))
                    .policy());
            policy.statements().stream()
                    .filter(s -> s.allows() && s.actions().contains(GET_DATA_ACCESS))
                    .forEach(s -> may.addAll(whom(s)));
        } catch (SdkException e) {
            String code = AwsErrors.code(e);
            if (!code.equals("AccessGrantsInstanceResourcePolicyNotExists")
                    && !code.equals("AccessGrantsInstanceNotExistsError")) {
                throw e;
            }
        }
        return List.of(new Check(
                what,
                !may.isEmpty(),
                may.isEmpty() ? "it lets no other account call " + GET_DATA_ACCESS : String.join(", ", may),
                may.isEmpty()
                        ? "an administrator runs (name the accounts instead of * to be narrower; the grants decide in any"
                                + " case): aws s3control put-access-grants-instance-resource-policy --account-id "
                                + account + " --region " + region + " --policy '" + instancePolicy() + "'"
                        : ""));
    }

    private static List<String> whom(Statement statement) {
        return statement.namesEverybody() ? List.of("every account") : statement.awsPrincipals();
    }

    String instancePolicy() {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"ResearchersMayAsk\",\"Effect\":\"Allow\","
                + "\"Principal\":\"*\",\"Action\":[\"s3:GetDataAccess\",\"s3:ListCallerAccessGrants\"],"
                + "\"Resource\":\"arn:aws:s3:" + region + ":" + account + ":access-grants/default\"}]}";
    }

    private String commands() {
        return "aws s3control create-access-grants-instance --account-id " + account + " --region " + region
                + " ; aws s3control create-access-grants-location --account-id " + account + " --region " + region
                + " --location-scope '" + scope.text() + "' --iam-role-arn arn:aws:iam::" + account
                + ":role/ROLE (a role that access-grants.s3.amazonaws.com may assume with sts:AssumeRole and"
                + " sts:SetSourceIdentity and that may do no more than s3:GetObject and s3:ListBucket there)";
    }
}
