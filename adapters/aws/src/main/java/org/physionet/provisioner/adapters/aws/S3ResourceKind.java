package org.physionet.provisioner.adapters.aws;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.physionet.provisioner.adapters.aws.accesspoints.Form;
import org.physionet.provisioner.adapters.aws.policy.PolicyGuard;
import org.physionet.provisioner.engine.adapter.LayoutLimit;
import org.physionet.provisioner.engine.adapter.ResourceKind;
import org.physionet.provisioner.engine.model.ResourceId;

/** Data in S3: {@code s3: BUCKET/PREFIX/} in the catalog. */
public final class S3ResourceKind implements ResourceKind {
    /** Readers stand in the policies of access points: the default, for any number of people. */
    public static final String ACCESS_POINTS = "access-points";

    /** Readers stand in the bucket's own policy: for a few hundred people at most. */
    public static final String BUCKET_POLICY = "bucket-policy";

    /** Readers have grants of S3 Access Grants and ask for temporary credentials. */
    public static final String ACCESS_GRANTS = "access-grants";

    /**
     * How users are named in access points: {@code condition} or {@code principal}; absent: as each access point has it, new
     * ones in conditions.
     */
    public static final String FORM = "form";

    /** {@code true}: roles are let in here; whoever may assume one of them has access (facts/aws.md A3.4). */
    public static final String ROLES = "roles";

    /** {@code true}: whole accounts are let in here; their administrators decide who reads (facts/aws.md A1.1). */
    public static final String ACCOUNTS = "accounts";

    /** Of one account and region; more on request (facts/aws.md A1.1). */
    public static final int MOST_ACCESS_POINTS = 10_000;

    /** Of one S3 Access Grants instance; more on request (facts/aws.md A1.1). */
    private static final int MOST_GRANTS = 100_000;

    /** With 10 % reserve (facts/aws.md A1.2). */
    private static final int READERS_OF_A_SHARD = 755;

    /** Twice an id with quotes and comma (facts/aws.md A1.2): for reading and for listing. */
    private static final int BYTES_OF_A_READER = 48;

    /** Our statements for one folder and, once, the bucket's own delegation or the like. */
    private static final int USUAL_STATEMENTS = 1_024;

    @Override
    public String catalogKey() {
        return "s3";
    }

    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public List<String> layouts() {
        return List.of(ACCESS_POINTS, BUCKET_POLICY, ACCESS_GRANTS);
    }

    @Override
    public Set<String> options() {
        return Set.of(FORM, ROLES, ACCOUNTS);
    }

    @Override
    public ResourceId parse(String location) {
        return S3Location.parse(location).id();
    }

    /** Small sets need no addresses of their own; then access points, and Access Grants where the account has no more of them (facts/aws.md A1.1). */
    @Override
    public List<LayoutLimit> limits(ResourceId resource, Map<String, String> options) {
        String bucket = S3Location.of(resource).bucket();
        return Stream.of(
                        new LayoutLimit(
                                BUCKET_POLICY,
                                "policy of bucket " + bucket,
                                "bytes",
                                PolicyGuard.CAPACITY,
                                USUAL_STATEMENTS,
                                BYTES_OF_A_READER),
                        new LayoutLimit(
                                ACCESS_POINTS,
                                "access points of the account",
                                "access points",
                                MOST_ACCESS_POINTS,
                                1,
                                1.0 / READERS_OF_A_SHARD),
                        new LayoutLimit(ACCESS_GRANTS, "grants of the account", "grants", MOST_GRANTS, 0, 1))
                .filter(limit -> takes(limit.layout(), options))
                .toList();
    }

    private boolean takes(String layout, Map<String, String> options) {
        try {
            check(layout, options);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public void check(String layout, Map<String, String> options) {
        if (!layouts().contains(layout)) {
            throw new IllegalArgumentException(
                    "layout: expected one of " + layouts() + " for s3, found \"" + layout + "\"");
        }
        options.keySet().stream()
                .filter(key -> !key.equals(ROLES)
                        && (!key.equals(FORM) || !layout.equals(ACCESS_POINTS))
                        && (!key.equals(ACCOUNTS) || layout.equals(ACCESS_GRANTS)))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(key + ": layout " + layout + " of s3 has no such key");
                });
        Form.of(options.get(FORM));
        for (String key : List.of(ROLES, ACCOUNTS)) {
            String value = options.getOrDefault(key, "false");
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException(key + ": expected true or false, found \"" + value + "\"");
            }
        }
    }
}
