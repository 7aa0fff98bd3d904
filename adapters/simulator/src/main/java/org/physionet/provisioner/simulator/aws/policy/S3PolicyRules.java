package org.physionet.provisioner.simulator.aws.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What S3 checks in a resource policy beyond the grammar: actions exist, resources are the policy's own bucket or access point, every
 * action has a resource on which it works, condition keys exist and go with the actions (the four messages are S3's own).
 */
public final class S3PolicyRules {
    private static final Set<String> LIST_KEYS = Set.of("s3:prefix", "s3:delimiter", "s3:max-keys");
    private static final Set<String> LIST_ACTIONS = Set.of("s3:ListBucket", "s3:ListBucketVersions");
    private static final Set<String> S3_KEYS = Set.of(
            "s3:prefix",
            "s3:delimiter",
            "s3:max-keys",
            "s3:dataaccesspointarn",
            "s3:dataaccesspointaccount",
            "s3:accesspointnetworkorigin",
            "s3:authtype",
            "s3:signatureage",
            "s3:signatureversion",
            "s3:tlsversion",
            "s3:resourceaccount",
            "s3:versionid",
            "s3:locationconstraint",
            "s3:if-match",
            "s3:if-none-match",
            "s3:object-lock-mode",
            "s3:object-lock-remaining-retention-days",
            "s3:object-lock-retain-until-date",
            "s3:object-lock-legal-hold",
            "s3:accessgrantsinstancearn",
            "s3:objectcreationoperation",
            "s3:requestobjecttagkeys");

    private final Scope scope;

    /** Whose policy it is. */
    public sealed interface Scope {
        /** The ARN of the thing itself. */
        String self();

        /** Before the key of an object in it. */
        String objects();

        record Bucket(String name) implements Scope {
            @Override
            public String self() {
                return "arn:aws:s3:::" + name;
            }

            @Override
            public String objects() {
                return self() + "/";
            }
        }

        record AccessPoint(String arn) implements Scope {
            @Override
            public String self() {
                return arn;
            }

            @Override
            public String objects() {
                return arn + "/object/";
            }
        }
    }

    public S3PolicyRules(Scope scope) {
        this.scope = scope;
    }

    /** @throws PolicyGrammarException with S3's words */
    public void check(PolicyDocument policy) {
        policy.statements().forEach(this::check);
    }

    private void check(Statement statement) {
        for (Template resource : statement.resources()) {
            boolean isArn = resource.raw().startsWith("arn:aws:s3:");
            if (!isArn || (!isSelf(resource.raw()) && !reachesObjects(resource.raw()))) {
                throw new PolicyGrammarException("Policy has invalid resource");
            }
        }
        for (ActionPattern pattern : statement.actions()) {
            List<S3Actions.Action> actions = S3Actions.matching(pattern);
            if (actions.isEmpty()) {
                throw new PolicyGrammarException("Policy has invalid action");
            }
            if (!statement.notAction()
                    && !statement.notResource()
                    && actions.stream().noneMatch(a -> applies(a, statement))) {
                throw new PolicyGrammarException("Action does not apply to any resource(s) in statement");
            }
        }
        statement.conditions().forEach(c -> check(c.key(), statement));
    }

    private void check(String key, Statement statement) {
        String lower = key.toLowerCase(Locale.ROOT);
        boolean known = lower.startsWith("aws:")
                || S3_KEYS.contains(lower)
                || lower.startsWith("s3:x-amz-")
                || lower.startsWith("s3:existingobjecttag/")
                || lower.startsWith("s3:requestobjecttag/");
        if (!known) {
            throw new PolicyGrammarException("Policy has an invalid condition key");
        }
        if (LIST_KEYS.contains(lower) && !statement.notAction()) {
            boolean everyActionLists = statement.actions().stream()
                    .allMatch(pattern -> S3Actions.matching(pattern).stream()
                            .anyMatch(a -> LIST_ACTIONS.contains(a.name()) && applies(a, statement)));
            if (!everyActionLists) {
                throw new PolicyGrammarException(
                        "Conditions do not apply to combination of actions and resources in statement");
            }
        }
    }

    private boolean applies(S3Actions.Action action, Statement statement) {
        return statement.notResource()
                || statement.resources().stream()
                        .anyMatch(r -> action.onObjects() ? reachesObjects(r.raw()) : isSelf(r.raw()));
    }

    private boolean isSelf(String resource) {
        return Glob.of(resource).matches(scope.self());
    }

    /** Names an object below; for buckets the name may be a pattern too, such as {@code arn:aws:s3:::data-*}. */
    private boolean reachesObjects(String resource) {
        if (resource.startsWith(scope.objects())
                && resource.length() > scope.objects().length()) {
            return true;
        }
        return switch (scope) {
            case Scope.AccessPoint _ -> false;
            case Scope.Bucket bucket -> {
                int slash = resource.indexOf('/');
                yield slash < 0
                        ? Glob.of(resource).matches(bucket.objects() + "any")
                        : slash < resource.length() - 1
                                && Glob.of(resource.substring(0, slash)).matches(bucket.self());
            }
        };
    }
}
