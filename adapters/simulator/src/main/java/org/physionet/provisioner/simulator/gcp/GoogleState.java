package org.physionet.provisioner.simulator.gcp;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.physionet.provisioner.simulator.World;

/** Everything that there is at Google. Guarded by the world's lock; {@link StateJson} reads and writes it. */
final class GoogleState {
    final World world;
    final Accounts accounts;
    final Roles roles = new Roles();
    /** By full name: {@code projects/ID}, {@code folders/NUMBER}, {@code organizations/NUMBER}; only those with something to keep. */
    final TreeMap<String, Node> nodes = new TreeMap<>();

    final TreeMap<String, Bucket> buckets = new TreeMap<>();
    /** By {@code PROJECT.DATASET}. */
    final TreeMap<String, BqDataset> datasets = new TreeMap<>();
    /** By the address's match key. */
    final TreeMap<String, Group> groups = new TreeMap<>();

    /** Versions of keys of Cloud KMS, by name. */
    final TreeMap<String, SignKey> keys = new TreeMap<>();

    /** Deleted accounts that policies do not show as deleted yet: uid, and when they will (facts/gcp.md 2, row 7). */
    final TreeMap<String, Instant> fading = new TreeMap<>();

    /** Match keys of the addresses that administer the Workspace domain's groups, beside the administrator. */
    final TreeSet<String> workspaceAdmins = new TreeSet<>();

    /** What the simulator answers to queries that it can not run. */
    final List<QueryAnswer> queryAnswers = new ArrayList<>();

    Switches switches = Switches.off();
    /** Counts the writes of this world; etags, generations and ids come from it. */
    long writes;

    final Quotas quotas = new Quotas();
    final Uploads uploads = new Uploads();
    final Jobs jobs = new Jobs();
    final AuditLog audit = new AuditLog();
    Logging logging = new Logging();

    GoogleState(World world) {
        this.world = world;
        this.accounts = new Accounts(world.accounts());
    }

    Instant now() {
        return world.clock().instant();
    }

    /** Now, as Google stamps things: in milliseconds. */
    Instant stamp() {
        return now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Brings about what was due by now and needs no caller: called before anything looks at the state. */
    void settle() {
        AccountControl.settle(this);
        logging.settle(this);
    }

    long nextWrite() {
        return ++writes;
    }

    /** A project, folder or organization; one that was never written is fresh and not kept. */
    Node node(String name) {
        Node kept = nodes.get(name);
        return kept == null ? Node.fresh(name) : kept;
    }

    /** The same, to be changed. */
    Node keptNode(String name) {
        return nodes.computeIfAbsent(name, Node::fresh);
    }

    Node project(String id) {
        return node("projects/" + id);
    }

    /** Every project that something names. */
    Set<String> projectIds() {
        TreeSet<String> ids = new TreeSet<>();
        nodes.values().stream().filter(n -> n.name.startsWith("projects/")).forEach(n -> ids.add(n.id()));
        buckets.values().forEach(bucket -> ids.add(bucket.project));
        datasets.values().forEach(dataset -> ids.add(dataset.project));
        return ids;
    }

    Optional<Bucket> bucket(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    Optional<BqDataset> dataset(String project, String id) {
        return Optional.ofNullable(datasets.get(project + "." + id));
    }

    /** A whole group; see {@link HalfCreated}. */
    Optional<Group> group(String address) {
        return Optional.ofNullable(groups.get(Addresses.key(address))).filter(group -> !group.half);
    }

    Optional<Group> groupById(String id) {
        return groups.values().stream()
                .filter(group -> group.id.equals(id) && !group.half)
                .findFirst();
    }

    /** Changes a member in every policy that names it, as Google does when an account goes, comes back or is renamed. */
    void rewriteMembers(UnaryOperator<Member> change) {
        Instant now = stamp();
        for (Bucket bucket : buckets.values()) {
            Policy before = bucket.policy.stored();
            bucket.policy.rewrite(policy -> policy.mapMembers(change));
            if (!bucket.policy.stored().equals(before)) {
                bucket.touch(now);
            }
        }
        for (Node node : nodes.values()) {
            Policy before = node.policy.stored();
            node.policy.rewrite(policy -> policy.mapMembers(change));
            if (!node.policy.stored().equals(before)) {
                node.write = nextWrite();
            }
        }
        for (BqDataset dataset : datasets.values()) {
            AccessList before = dataset.access.stored();
            dataset.access.rewrite(access -> access.mapMembers(dataset.project, change));
            if (!dataset.access.stored().equals(before)) {
                dataset.touch(nextWrite(), now);
            }
        }
    }
}
