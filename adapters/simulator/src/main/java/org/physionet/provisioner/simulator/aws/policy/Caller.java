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
     */
    record Known(
            Kind kind,
            String account,
            String uniqueId,
            String userid,
            String arn,
            String sessionArn,
            @Nullable String username,
            @Nullable String organization)
            implements Caller {

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
            return organization == null ? context : context.with("aws:PrincipalOrgID", organization);
        }
    }
}
