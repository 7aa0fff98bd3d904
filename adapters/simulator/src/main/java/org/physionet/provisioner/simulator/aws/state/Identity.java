package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A user or role: what both have. */
public abstract sealed class Identity permits User, Role {
    private final String account;
    private final String path;
    private final String name;
    private final String id;
    private final Instant createdAt;
    private final SortedMap<String, String> policies = new TreeMap<>();
    private final SortedSet<String> attached = new TreeSet<>();
    private final SortedMap<String, String> tags = new TreeMap<>();
    private @Nullable String boundary;

    /** @param path starts and ends with a slash */
    protected Identity(String account, String path, String name, String id, Instant createdAt) {
        this.account = account;
        this.path = path;
        this.name = name;
        this.id = id;
        this.createdAt = createdAt;
    }

    public String account() {
        return account;
    }

    public String path() {
        return path;
    }

    public String name() {
        return name;
    }

    /** {@code AIDA…} or {@code AROA…}; never used again after deletion. */
    public String id() {
        return id;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Inline policies, as written, by name. */
    public SortedMap<String, String> policies() {
        return policies;
    }

    /** ARNs of managed policies. */
    public SortedSet<String> attached() {
        return attached;
    }

    public SortedMap<String, String> tags() {
        return tags;
    }

    /** The ARN of the managed policy that is the permissions boundary. */
    public Optional<String> boundary() {
        return Optional.ofNullable(boundary);
    }

    public void boundary(@Nullable String policyArn) {
        this.boundary = policyArn;
    }

    public String arn() {
        return "arn:aws:iam::" + account + ":" + kind() + path + name;
    }

    /** {@code user} or {@code role}. */
    public abstract String kind();
}
