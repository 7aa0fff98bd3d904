package org.physionet.provisioner.simulator.aws.policy;

import org.jspecify.annotations.Nullable;

/** Who makes a request, as policies see it. */
public sealed interface Caller {
    /** The keys that describe the caller (IAM user guide, "Principal key values"). */
    RequestContext context();

    /** A request without a signature. */
    record Anonymous() implements Caller {
        @Override
        public RequestContext context() {
            return RequestContext.empty().with("aws:userid", "anonymous").with("aws:PrincipalType", "Anonymous");
        }
    }

    /**
     * A service of AWS's own that acts on a resource's behalf: it has no account and no policies, so that only the resource's policy
     * lets it in (IAM user guide, "AWS service principals").
     *
     * @param name {@code logging.s3.amazonaws.com}
     * @param sourceArn for which resource it acts
     * @param sourceAccount whose resource that is
     */
    record Service(String name, String sourceArn, String sourceAccount) implements Caller {
        @Override
        public RequestContext context() {
            return RequestContext.empty()
                    .with("aws:PrincipalIsAWSService", "true")
                    .with("aws:PrincipalServiceName", name)
                    .with("aws:SourceArn", sourceArn)
                    .with("aws:SourceAccount", sourceAccount);
        }
    }

    /** What kind of principal signs. */
    enum Kind {
        ROOT("Account"),
        USER("User"),
        ROLE("AssumedRole");

        private final String principalType;

        Kind(String principalType) {
            this.principalType = principalType;
        }
    }

    /**
     * A principal that signs.
     *
     * @param account twelve digits
     * @param uniqueId {@code AIDA…}, {@code AROA…}, or the account's number for its root
     * @param userid {@code aws:userid}: the unique id, for a role followed by a colon and the session's name
     * @param arn {@code aws:PrincipalArn}: of the user or role, never of a session
     * @param sessionArn what GetCallerIdentity says: the same for a user, {@code assumed-role/…} for a role
     * @param username {@code aws:username}: only users have one
     * @param organization {@code aws:PrincipalOrgID}, if the account is in one
     * @param grantsInstance {@code s3:AccessGrantsInstanceArn}, if an access grant's credentials are used
     * @param sourceIdentity {@code aws:SourceIdentity}: for an access grant's credentials, who asked for them
     */
    record Known(
            Kind kind,
            String account,
            String uniqueId,
            String userid,
            String arn,
            String sessionArn,
            @Nullable String username,
            @Nullable String organization,
            @Nullable String grantsInstance,
            @Nullable String sourceIdentity)
            implements Caller {

        /** With credentials of its own, not of an access grant. */
        public Known(
                Kind kind,
                String account,
                String uniqueId,
                String userid,
                String arn,
                String sessionArn,
                @Nullable String username,
                @Nullable String organization) {
            this(kind, account, uniqueId, userid, arn, sessionArn, username, organization, null, null);
        }

        /** The same with credentials that an instance of S3 Access Grants vended. */
        public Known vendedBy(String instanceArn, String grantee) {
            return new Known(
                    kind, account, uniqueId, userid, arn, sessionArn, username, organization, instanceArn, grantee);
        }

        @Override
        public RequestContext context() {
            RequestContext context = RequestContext.empty()
                    .with("aws:userid", userid)
                    .with("aws:PrincipalArn", arn)
                    .with("aws:PrincipalAccount", account)
                    .with("aws:PrincipalType", kind.principalType)
                    .with("aws:PrincipalIsAWSService", "false");
            if (username != null) {
                context = context.with("aws:username", username);
            }
            if (grantsInstance != null) {
                context = context.with("s3:AccessGrantsInstanceArn", grantsInstance);
            }
            if (sourceIdentity != null) {
                context = context.with("aws:SourceIdentity", sourceIdentity);
            }
            return organization == null ? context : context.with("aws:PrincipalOrgID", organization);
        }
    }
}
