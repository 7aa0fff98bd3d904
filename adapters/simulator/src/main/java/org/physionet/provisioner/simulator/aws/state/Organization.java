package org.physionet.provisioner.simulator.aws.state;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument;

/** An organization of accounts, as far as its service control policies go. Members are the accounts that say so. */
public final class Organization {
    /** {@code FullAWSAccess}, which is attached to every account of an organization and stays so. */
    private static final PolicyDocument FULL_ACCESS = new ServiceControlPolicy(
                    "p-FullAWSAccess",
                    "FullAWSAccess",
                    "",
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
                    new TreeMap<>(),
                    new TreeSet<>())
            .document();

    private final String id;
    private final String management;
    private final SortedMap<String, ServiceControlPolicy> policies = new TreeMap<>();

    /** @param management the account that manages it, on which its policies have no effect */
    public Organization(String id, String management) {
        this.id = id;
        this.management = management;
    }

    public String id() {
        return id;
    }

    public String management() {
        return management;
    }

    /** By id. */
    public SortedMap<String, ServiceControlPolicy> policies() {
        return policies;
    }

    /** What holds for an account: {@code FullAWSAccess}, which is attached everywhere and stays so, and what denies beside it. */
    public List<PolicyDocument> over(String account) {
        if (account.equals(management)) {
            return List.of();
        }
        return Stream.concat(
                        Stream.of(FULL_ACCESS),
                        policies.values().stream()
                                .filter(policy -> policy.targets().contains(account))
                                .map(ServiceControlPolicy::document))
                .toList();
    }
}
