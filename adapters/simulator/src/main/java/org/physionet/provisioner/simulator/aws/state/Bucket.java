package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.aws.policy.S3PolicyRules;

/** A bucket. New ones have all public blocks on and no policy (facts/aws.md A2.5). */
public final class Bucket {
    private final String name;
    private final String account;
    private final String region;
    private final Instant createdAt;
    private Lagged<StoredPolicy> policy = Lagged.empty();
    private Lagged<PublicAccessBlock> block = Lagged.of(Optional.of(PublicAccessBlock.ALL_ON));
    private final SortedMap<String, String> configurations = new TreeMap<>();
    private final SortedMap<String, StoredObject> objects = new TreeMap<>();
    private final SortedMap<String, List<ObjectVersion>> versions = new TreeMap<>();

    public Bucket(String name, String account, String region, Instant createdAt) {
        this.name = name;
        this.account = account;
        this.region = region;
        this.createdAt = createdAt;
    }

    public String name() {
        return name;
    }

    /** The owner. */
    public String account() {
        return account;
    }

    public String region() {
        return region;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Lagged<StoredPolicy> policy() {
        return policy;
    }

    public Lagged<PublicAccessBlock> block() {
        return block;
    }

    void restore(Lagged<StoredPolicy> oldPolicy, Lagged<PublicAccessBlock> oldBlock) {
        this.policy = oldPolicy;
        this.block = oldBlock;
    }

    /** What was put as other configurations (tagging, versioning, …), as XML, by the name of the sub-resource. */
    public SortedMap<String, String> configurations() {
        return configurations;
    }

    /** What is there now, by key, in the order of S3's listings: by UTF-16 here, which differs from S3's UTF-8 order beyond the basic plane only. */
    public SortedMap<String, StoredObject> objects() {
        return objects;
    }

    /** By key, oldest first: every key that was written or deleted since versioning was switched on. */
    public SortedMap<String, List<ObjectVersion>> versions() {
        return versions;
    }

    public S3PolicyRules.Scope scope() {
        return new S3PolicyRules.Scope.Bucket(name);
    }
}
