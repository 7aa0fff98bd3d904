package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;

/** An IAM role. */
public final class Role extends Identity {
    private StoredPolicy trust;
    private String description = "";
    private int maxSessionSeconds = 3600;

    public Role(String account, String path, String name, String id, Instant createdAt, StoredPolicy trust) {
        super(account, path, name, id, createdAt);
        this.trust = trust;
    }

    /** Who may assume it; principals by unique id. */
    public StoredPolicy trust() {
        return trust;
    }

    public void trust(StoredPolicy policy) {
        this.trust = policy;
    }

    public String description() {
        return description;
    }

    public void description(String text) {
        this.description = text;
    }

    public int maxSessionSeconds() {
        return maxSessionSeconds;
    }

    public void maxSessionSeconds(int seconds) {
        this.maxSessionSeconds = seconds;
    }

    @Override
    public String kind() {
        return "role";
    }
}
