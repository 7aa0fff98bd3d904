package org.physionet.provisioner.adapters.aws;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.physionet.provisioner.adapters.aws.accesspoints.Form;
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
