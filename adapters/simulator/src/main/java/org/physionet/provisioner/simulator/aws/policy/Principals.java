package org.physionet.provisioner.simulator.aws.policy;

import java.util.Set;

/**
 * The {@code Principal} or {@code NotPrincipal} of a statement, in the form in which AWS keeps it: users and roles by unique id,
 * accounts by the ARN of their root (IAM user guide, "Principal": saving turns ARNs into ids).
 *
 * @param negated {@code NotPrincipal}
 * @param everyone {@code "*"} or {@code {"AWS": "*"}}
 * @param aws unique ids, root ARNs and session ARNs
 * @param services service principals; federated providers and canonical users, which are kept and never a caller here
 */
public record Principals(boolean negated, boolean everyone, Set<String> aws, Set<String> services) {
    /** How a statement names a caller. */
    enum Match {
        NO,
        /** By account only: that account's own policies must still allow. */
        ACCOUNT,
        /** By name, or as everyone. */
        DIRECT
    }

    public Principals {
        aws = Set.copyOf(aws);
        services = Set.copyOf(services);
    }

    Match match(Caller caller) {
        Match listed = listed(caller);
        if (!negated) {
            return listed;
        }
        return listed == Match.NO ? Match.DIRECT : Match.NO;
    }

    private Match listed(Caller caller) {
        if (everyone) {
            return Match.DIRECT;
        }
        return switch (caller) {
            case Caller.Anonymous _ -> Match.NO;
            case Caller.Service service -> services.contains(service.name()) ? Match.DIRECT : Match.NO;
            case Caller.Known known -> {
                if (aws.contains(known.uniqueId()) || aws.contains(known.sessionArn())) {
                    yield Match.DIRECT;
                }
                yield aws.contains("arn:aws:iam::" + known.account() + ":root") ? Match.ACCOUNT : Match.NO;
            }
        };
    }
}
