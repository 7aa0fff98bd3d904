package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;

/** Reads an account's identities: first who exists, so that any policy may name anybody, then the rest. */
final class IdentityReader {
    private static final Pattern ARN =
            Pattern.compile("arn:aws:iam::(\\d{12}):(user|role|policy)(/(?:[^/]+/)*)([^/]+)");
    private static final ObjectNode NOBODY = PolicyText.parse(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
                    + "\"Action\":\"sts:AssumeRole\"}]}",
            PolicyText.RESOURCE_POLICY_LIMIT);

    private final AwsState state;
    private final Principals principals;
    private final Random random;
    private final Instant now;

    IdentityReader(AwsState state, Principals principals, Random random, Instant now) {
        this.state = state;
        this.principals = principals;
        this.random = random;
        this.now = now;
    }

    void principals(Account account, Fields fields) {
        for (Fields user : fields.list("users")) {
            Matcher arn = arn(account, user, "user");
            User read = new User(
                    account.id(),
                    arn.group(3),
                    arn.group(4),
                    id(user, "AIDA"),
                    user.instant("createdAt").orElse(now));
            account.users().put(read.name(), read);
        }
        for (Fields role : fields.list("roles")) {
            Matcher arn = arn(account, role, "role");
            Role read = new Role(
                    account.id(),
                    arn.group(3),
                    arn.group(4),
                    id(role, "AROA"),
                    role.instant("createdAt").orElse(now),
                    StoredPolicy.of(NOBODY, PolicyReader.Dialect.TRUST));
            account.roles().put(read.name(), read);
        }
        account.deleted().putAll(fields.textsByName("deleted"));
    }

    void rest(Account account, Fields fields) {
        for (Fields user : fields.list("users")) {
            // Named before by the first pass over the same fields.
            User read = Objects.requireNonNull(
                    account.users().get(arn(account, user, "user").group(4)));
            common(read, user);
            for (Fields key : user.list("keys")) {
                String id = key.text("id");
                read.keys()
                        .put(
                                id,
                                new AccessKey(
                                        id,
                                        key.text("secret"),
                                        key.flag("active", true),
                                        key.instant("createdAt").orElse(now)));
                key.done();
            }
            user.done();
        }
        for (Fields role : fields.list("roles")) {
            Role read = Objects.requireNonNull(
                    account.roles().get(arn(account, role, "role").group(4)));
            common(read, role);
            role.object("trust").ifPresent(trust -> read.trust(trust(role, trust)));
            read.description(role.optionalText("description").orElse(""));
            read.maxSessionSeconds(role.number("maxSessionSeconds", 3600));
            role.done();
        }
        policies(account, fields);
        sessions(account, fields.list("sessions"));
    }

    private void policies(Account account, Fields fields) {
        for (Fields policy : fields.list("policies")) {
            Matcher arn = arn(account, policy, "policy");
            ManagedPolicy read = new ManagedPolicy(
                    arn.group(3),
                    arn.group(4),
                    id(policy, "ANPA"),
                    policy.optionalText("description").orElse(""),
                    policy.instant("createdAt").orElse(now),
                    policy.text("text"));
            check(policy, "text", read.text());
            policy.done();
            account.policies().put(arn.group(), read);
        }
    }

    private void sessions(Account account, List<Fields> list) {
        for (Fields session : list) {
            Session read = new Session(
                    session.text("key"),
                    session.text("secret"),
                    session.text("token"),
                    session.text("principal"),
                    session.optionalText("name").orElse(""),
                    session.instant("expiresAt").orElseThrow(() -> session.wrong("expiresAt", "an instant", "nothing")),
                    session.optionalText("policy"),
                    session.fields("vended").map(IdentityReader::vended));
            session.done();
            account.sessions().put(read.keyId(), read);
        }
    }

    private static Session.Vended vended(Fields fields) {
        Session.Vended vended = new Session.Vended(fields.text("instance"), fields.text("grantee"));
        fields.done();
        return vended;
    }

    private static void common(Identity identity, Fields fields) {
        fields.textsByName("policies").forEach((name, text) -> {
            check(fields, "policies." + name, text);
            identity.policies().put(name, text);
        });
        fields.optionalText("boundary").ifPresent(identity::boundary);
        identity.attached().addAll(fields.texts("attached"));
        identity.tags().putAll(fields.textsByName("tags"));
    }

    private static void check(Fields fields, String name, String text) {
        try {
            PolicyReader.read(PolicyText.parse(text, Integer.MAX_VALUE), PolicyReader.Dialect.IDENTITY);
        } catch (PolicyGrammarException e) {
            throw fields.wrong(name, "an identity policy as text", String.valueOf(e.getMessage()));
        }
    }

    private StoredPolicy trust(Fields role, ObjectNode trust) {
        try {
            return StoredPolicy.of(principals.restored(trust), PolicyReader.Dialect.TRUST);
        } catch (PolicyGrammarException e) {
            throw role.wrong("trust", "a trust policy", String.valueOf(e.getMessage()));
        }
    }

    private static Matcher arn(Account account, Fields fields, String kind) {
        String arn = fields.text("arn");
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches()
                || !matcher.group(1).equals(account.id())
                || !matcher.group(2).equals(kind)) {
            throw fields.wrong("arn", "arn:aws:iam::" + account.id() + ":" + kind + "/[PATH/]NAME", arn);
        }
        return matcher;
    }

    private String id(Fields fields, String prefix) {
        String id = fields.optionalText("id").orElseGet(() -> Naming.uniqueId(prefix, random));
        if (!id.matches(prefix + "[A-Z0-9]{8,124}")) {
            throw fields.wrong("id", prefix + " and upper-case letters and digits", id);
        }
        if (state.identityById(id)
                .filter(i -> !i.arn().equals(fields.text("arn")))
                .isPresent()) {
            throw fields.wrong("id", "an id that nobody else has", id);
        }
        return id;
    }
}
