package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The instance of S3 Access Grants of one account and region: locations, grants, and who in other accounts may come for credentials. */
public final class GrantsInstance {
    /** How many grants an instance may hold unless AWS raised it (facts/aws.md A1.1). */
    public static final int GRANTS = 100_000;

    /** How many locations (facts/aws.md A1.1). */
    public static final int LOCATIONS = 1_000;

    private final String account;
    private final String region;
    private final Instant createdAt;
    private final int quota;
    private final SortedMap<String, GrantsLocation> locations = new TreeMap<>();
    private final SortedMap<String, AccessGrant> grants = new TreeMap<>();
    private final Map<String, List<AccessGrant>> byGrantee = new HashMap<>();
    private final Set<String> identities = new HashSet<>();
    private final SortedMap<String, SortedMap<String, String>> tags = new TreeMap<>();
    private @Nullable Policy policy;

    /**
     * The resource policy.
     *
     * @param organization as it was given with the policy; kept and given back
     */
    public record Policy(StoredPolicy policy, @Nullable String organization, Instant createdAt) {}

    /** @param quota how many grants it may hold */
    public GrantsInstance(String account, String region, Instant createdAt, int quota) {
        this.account = account;
        this.region = region;
        this.createdAt = createdAt;
        this.quota = quota;
    }

    public String account() {
        return account;
    }

    public String region() {
        return region;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public int quota() {
        return quota;
    }

    public String arn() {
        return "arn:aws:s3:" + region + ":" + account + ":access-grants/default";
    }

    public String arn(GrantsLocation location) {
        return arn() + "/location/" + location.id();
    }

    public String arn(AccessGrant grant) {
        return arn() + "/grant/" + grant.id();
    }

    /** By id. */
    public SortedMap<String, GrantsLocation> locations() {
        return locations;
    }

    /** Of a grant of this instance: a location stays as long as it has grants. */
    public GrantsLocation locationOf(AccessGrant grant) {
        return Objects.requireNonNull(locations.get(grant.location()), "a location stays as long as it has grants");
    }

    /** By id; change them by {@link #add} and {@link #remove}. */
    public SortedMap<String, AccessGrant> grants() {
        return java.util.Collections.unmodifiableSortedMap(grants);
    }

    /** @param granteeArn of a user or role */
    public List<AccessGrant> grantsOf(String granteeArn) {
        return List.copyOf(byGrantee.getOrDefault(granteeArn, List.of()));
    }

    /** False, and nothing is changed, if there is a grant for the same grantee, permission and scope. */
    public boolean add(AccessGrant grant) {
        if (!identities.add(grant.identity())) {
            return false;
        }
        grants.put(grant.id(), grant);
        byGrantee.computeIfAbsent(grant.grantee(), _ -> new ArrayList<>()).add(grant);
        return true;
    }

    public void remove(AccessGrant grant) {
        grants.remove(grant.id());
        identities.remove(grant.identity());
        tags.remove(arn(grant));
        Objects.requireNonNull(byGrantee.get(grant.grantee()), "every grant is listed under its grantee")
                .remove(grant);
    }

    /** Tags of the instance, its locations and grants: by ARN, then by key. */
    public SortedMap<String, SortedMap<String, String>> tags() {
        return tags;
    }

    public Optional<Policy> policy() {
        return Optional.ofNullable(policy);
    }

    public void policy(@Nullable Policy changed) {
        this.policy = changed;
    }
}
