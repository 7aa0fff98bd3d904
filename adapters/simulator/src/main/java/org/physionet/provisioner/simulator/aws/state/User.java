package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** An IAM user. */
public final class User extends Identity {
    private final SortedMap<String, AccessKey> keys = new TreeMap<>();

    public User(String account, String path, String name, String id, Instant createdAt) {
        super(account, path, name, id, createdAt);
    }

    /** By key id. */
    public SortedMap<String, AccessKey> keys() {
        return keys;
    }

    @Override
    public String kind() {
        return "user";
    }
}
