package org.physionet.provisioner.simulator.aws.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.Statement;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.wire.Xml;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/**
 * A bucket's access control list (S3 user guide, "Access control list (ACL) overview"). New buckets have none that counts: with ownership
 * {@code BucketOwnerEnforced}, the default since April 2023 (facts/aws.md A2.5), lists are off.
 */
record AccessControlList(List<Grant> grants) {
    /** Under which name the bucket keeps it. */
    static final String PARAMETER = "acl";

    static final String ALL = "http://acs.amazonaws.com/groups/global/AllUsers";
    static final String AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

    AccessControlList {
        grants = List.copyOf(grants);
    }

    /** @param grantee a canonical id, or the URI of a group */
    record Grant(String grantee, String permission) {
        boolean isGroup() {
            return grantee.startsWith("http");
        }

        boolean isPublic() {
            return grantee.equals(ALL) || grantee.equals(AUTHENTICATED);
        }
    }

    /** Whether lists are off: nothing may be put, and what was put before does not count. */
    static boolean areOff(Bucket bucket) {
        String kept = bucket.configurations().get(BucketConfiguration.OWNERSHIP.parameter);
        return kept == null || kept.contains("BucketOwnerEnforced");
    }

    /** The one in force: the owner's full control where none was put. */
    static AccessControlList of(Bucket bucket) {
        String kept = bucket.configurations().get(PARAMETER);
        return kept == null || areOff(bucket)
                ? canned(bucket, "private").orElseThrow()
                : read(XmlBody.parse(kept.getBytes(StandardCharsets.UTF_8)));
    }

    /** Empty: there is no such canned list. */
    static Optional<AccessControlList> canned(Bucket bucket, String name) {
        List<Grant> grants = new ArrayList<>(List.of(new Grant(Naming.canonicalId(bucket.account()), "FULL_CONTROL")));
        switch (name) {
            case "private", "bucket-owner-full-control" -> {}
            case "public-read" -> grants.add(new Grant(ALL, "READ"));
            case "public-read-write" -> grants.addAll(List.of(new Grant(ALL, "READ"), new Grant(ALL, "WRITE")));
            case "authenticated-read" -> grants.add(new Grant(AUTHENTICATED, "READ"));
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(new AccessControlList(grants));
    }

    static AccessControlList read(XmlBody body) {
        List<Grant> grants = new ArrayList<>();
        body.child("AccessControlList")
                .ifPresent(list -> list.children("Grant").forEach(grant -> {
                    Optional<XmlBody> grantee = grant.child("Grantee");
                    String who = grantee.flatMap(g -> g.text("ID"))
                            .or(() -> grantee.flatMap(g -> g.text("URI")))
                            .orElse("");
                    grants.add(new Grant(who, grant.text("Permission").orElse("")));
                }));
        return new AccessControlList(grants);
    }

    boolean isPublic() {
        return grants.stream().anyMatch(Grant::isPublic);
    }

    String xml(Bucket bucket) {
        return Xml.document(
                "AccessControlPolicy",
                BucketCalls.NAMESPACE,
                xml -> xml.element("Owner", o -> o.text("ID", Naming.canonicalId(bucket.account())))
                        .element("AccessControlList", list -> grants.forEach(grant -> write(list, grant))));
    }

    private static void write(Xml list, Grant grant) {
        String type = grant.isGroup() ? "Group" : "CanonicalUser";
        list.element(
                "Grant",
                g -> g.raw("<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"" + type
                                + "\">")
                        .text(grant.isGroup() ? "URI" : "ID", grant.grantee())
                        .raw("</Grantee>")
                        .text("Permission", grant.permission()));
    }

    /**
     * The policy with what this list allows: READ lets list, WRITE lets put and delete (S3 user guide, "Mapping of ACL permissions and access
     * policy permissions"). An explicit deny of the policy wins.
     *
     * @param accounts that exist, to find whose a canonical id is
     * @param ignorePublic {@code IgnorePublicAcls} is on
     */
    @Nullable PolicyDocument with(
            @Nullable PolicyDocument policy, Bucket bucket, Collection<String> accounts, boolean ignorePublic) {
        String owner = Naming.canonicalId(bucket.account());
        ArrayNode statements = JsonNodeFactory.instance.arrayNode();
        for (Grant grant : grants) {
            if (!grant.grantee().equals(owner) && !(ignorePublic && grant.isPublic())) {
                add(statements, grant, bucket, accounts);
            }
        }
        if (statements.isEmpty()) {
            return policy;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        json.set("Statement", statements);
        List<Statement> all = new ArrayList<>(policy == null ? List.of() : policy.statements());
        all.addAll(PolicyReader.read(json, PolicyReader.Dialect.RESOURCE).statements());
        return new PolicyDocument(all);
    }

    private static void add(ArrayNode statements, Grant grant, Bucket bucket, Collection<String> accounts) {
        Optional<String> account = accounts.stream()
                .filter(id -> Naming.canonicalId(id).equals(grant.grantee()))
                .findFirst();
        if (!grant.isPublic() && account.isEmpty()) {
            return;
        }
        String arn = "arn:aws:s3:::" + bucket.name();
        ObjectNode statement =
                statements.addObject().put("Sid", "Acl" + statements.size()).put("Effect", "Allow");
        if (grant.isPublic()) {
            statement.put("Principal", "*");
        } else {
            statement.putObject("Principal").put("AWS", "arn:aws:iam::" + account.orElseThrow() + ":root");
        }
        if (grant.grantee().equals(AUTHENTICATED)) {
            statement.putObject("Condition").putObject("StringNotEquals").put("aws:PrincipalType", "Anonymous");
        }
        ArrayNode actions = statement.putArray("Action");
        if (!grant.permission().equals("WRITE")) {
            actions.add("s3:ListBucket");
        }
        if (!grant.permission().equals("READ")) {
            actions.add("s3:PutObject").add("s3:DeleteObject");
        }
        statement.putArray("Resource").add(arn).add(arn + "/*");
    }
}
