package org.physionet.provisioner.simulator.aws.state;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An AWS account. */
public final class Account {
    private final String id;
    private @Nullable String organization;
    private Lagged<PublicAccessBlock> block = Lagged.empty();
    private final SortedMap<String, User> users = new TreeMap<>();
    private final SortedMap<String, Role> roles = new TreeMap<>();
    private final SortedMap<String, ManagedPolicy> policies = new TreeMap<>();
    private final SortedMap<String, String> deleted = new TreeMap<>();
    private final SortedMap<String, Session> sessions = new TreeMap<>();
    private final SortedMap<String, AccessPoint> accessPoints = new TreeMap<>();

    private final SortedMap<String, KmsKey> keys = new TreeMap<>();
    private final SortedMap<String, GrantsInstance> grants = new TreeMap<>();

    public Account(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** {@code o-…}, null if it is in none. */
    public @Nullable String organization() {
        return organization;
    }

    /** The account's own public access block: absent, or over all its buckets and access points. */
    public Lagged<PublicAccessBlock> block() {
        return block;
    }

    void restore(@Nullable String oldOrganization, Lagged<PublicAccessBlock> oldBlock) {
        this.organization = oldOrganization;
        this.block = oldBlock;
    }

    /** By name. */
    public SortedMap<String, User> users() {
        return users;
    }

    /** By name. */
    public SortedMap<String, Role> roles() {
        return roles;
    }

    /** Customer-managed policies by ARN. */
    public SortedMap<String, ManagedPolicy> policies() {
        return policies;
    }

    /** Users and roles that are gone: unique id → the ARN they had. */
    public SortedMap<String, String> deleted() {
        return deleted;
    }

    /** By key id. */
    public SortedMap<String, Session> sessions() {
        return sessions;
    }

    /** By {@code REGION/NAME}. */
    public SortedMap<String, AccessPoint> accessPoints() {
        return accessPoints;
    }

    /** Customer-managed keys of KMS by ARN. */
    public SortedMap<String, KmsKey> keys() {
        return keys;
    }

    /** Instances of S3 Access Grants by region. */
    public SortedMap<String, GrantsInstance> grants() {
        return grants;
    }

    public Optional<AccessPoint> accessPoint(String region, String name) {
        return Optional.ofNullable(accessPoints.get(region + "/" + name));
    }
}
