package org.physionet.provisioner.adapters.aws.accesspoints;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.policy.Marks;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.Readers;
import org.physionet.provisioner.adapters.aws.policy.Statement;

/**
 * The policy of one resource's access points. One list of readers serves both actions: an Allow for objects and listing, and
 * a Deny for listing anything but the prefix (facts/aws.md A1.3). The Deny's pattern {@code PREFIX/*} also matches the
 * prefix itself, which is what {@code aws s3 ls …/PREFIX/} asks for; without the slash it would show the neighbours
 * ({@code 3.1} and {@code 3.10}), and a listing without a prefix has no such key and is denied.
 */
public final class ShardPolicy {
    private static final String READ = Marks.SID_PREFIX + "Read";
    private static final String READ_NAMED = Marks.SID_PREFIX + "ReadNamed";
    private static final String LIST_ONLY = Marks.SID_PREFIX + "ListOnlyPrefix";
    /** PhysioNet's, in access points that it made (facts/physionet.md 3.3, third generation). */
    private static final String PHYSIONET_READ = "AllowGetObject";

    private static final String PHYSIONET_LIST_ONLY = "DenyListBucketOutsideProject";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String arnStem;
    private final S3Location location;
    private final ShardNames names;

    public ShardPolicy(String region, String account, S3Location location, ShardNames names) {
        this.names = names;
        this.arnStem = "arn:aws:s3:" + region + ":" + account + ":accesspoint/";
        this.location = location;
    }

    public String arn(String shard) {
        return arnStem + shard;
    }

    /** Reads an access point's policy; null or a policy without statements: nobody is let in. */
    public Shard read(String shard, @Nullable Policy policy) {
        if (policy == null) {
            return Shard.empty(shard);
        }
        List<Statement> ours = new ArrayList<>();
        List<Statement> foreign = new ArrayList<>();
        SortedSet<String> ids = new TreeSet<>();
        SortedSet<String> named = new TreeSet<>();
        for (Statement statement : policy.statements()) {
            if (!Marks.isOurs(statement) && !isPhysioNets(shard, statement)) {
                foreign.add(statement);
                continue;
            }
            ours.add(statement);
            if (statement.allows()) {
                named.addAll(statement.awsPrincipals());
                statement
                        .conditions()
                        .values()
                        .forEach(keys -> ids.addAll(keys.getOrDefault("aws:userid", new TreeSet<>())));
            }
        }
        Readers readers = new Readers(ids, named);
        boolean physioNets = isPhysioNets(shard, readers, ours);
        return new Shard(
                shard,
                policy,
                readers,
                foreign,
                physioNets || Statement.allSayTheSame(ours, statements(shard, readers)),
                physioNets);
    }

    /**
     * The whole policy for these readers, foreign statements as they were. Deterministic, minified.
     *
     * @param live what is there now, for its foreign statements
     * @return null if nothing would be left: the policy must then be deleted, for a list without members must never be
     *     written as an open statement
     */
    public @Nullable Policy render(Shard live, Readers readers) {
        List<Statement> all = new ArrayList<>(statements(live.name(), readers));
        all.addAll(live.foreign());
        if (all.isEmpty()) {
            return null;
        }
        Policy before = live.policy();
        return before == null || live.foreign().isEmpty()
                ? Policy.of(all)
                : new Policy(before.version(), before.id(), all);
    }

    private boolean isPhysioNets(String shard, Statement statement) {
        return names.isAdoptable(shard)
                && (statement.sid().equals(PHYSIONET_READ) || statement.sid().equals(PHYSIONET_LIST_ONLY));
    }

    private boolean isPhysioNets(String shard, Readers readers, List<Statement> live) {
        return names.isAdoptable(shard)
                && readers.ids().isEmpty()
                && !readers.named().isEmpty()
                && Statement.allSayTheSame(
                        live,
                        List.of(
                                readByName(PHYSIONET_READ, shard, readers.named()),
                                listOnlyPrefix(PHYSIONET_LIST_ONLY, shard)));
    }

    /** Our statements for these readers; none for nobody. */
    List<Statement> statements(String shard, Readers readers) {
        List<Statement> all = new ArrayList<>();
        if (!readers.ids().isEmpty()) {
            all.add(readById(shard, readers.ids()));
        }
        if (!readers.named().isEmpty()) {
            all.add(readByName(READ_NAMED, shard, readers.named()));
        }
        if (!all.isEmpty() && !location.prefix().isEmpty()) {
            all.add(listOnlyPrefix(LIST_ONLY, shard));
        }
        return all;
    }

    Statement readById(String shard, Collection<String> ids) {
        ObjectNode node = allow(READ);
        node.put("Principal", "*");
        addActionAndResource(node, shard);
        var values = node.putObject("Condition").putObject("StringEquals").putArray("aws:userid");
        ids.forEach(values::add);
        return new Statement(node);
    }

    Statement readByName(String shard, Collection<String> named) {
        return readByName(READ_NAMED, shard, named);
    }

    private Statement readByName(String sid, String shard, Collection<String> named) {
        ObjectNode node = allow(sid);
        var values = node.putObject("Principal").putArray("AWS");
        named.forEach(values::add);
        addActionAndResource(node, shard);
        return new Statement(node);
    }

    Statement listOnlyPrefix(String shard) {
        return listOnlyPrefix(LIST_ONLY, shard);
    }

    private Statement listOnlyPrefix(String sid, String shard) {
        ObjectNode node = NODES.objectNode();
        node.put("Sid", sid).put("Effect", "Deny").put("Principal", "*").put("Action", "s3:ListBucket");
        node.put("Resource", arn(shard));
        node.putObject("Condition").putObject("StringNotLike").put("s3:prefix", location.prefix() + "*");
        return new Statement(node);
    }

    private static ObjectNode allow(String sid) {
        return NODES.objectNode().put("Sid", sid).put("Effect", "Allow");
    }

    private void addActionAndResource(ObjectNode node, String shard) {
        node.putArray("Action").add("s3:GetObject").add("s3:ListBucket");
        node.putArray("Resource").add(arn(shard)).add(arn(shard) + "/object/" + location.prefix() + "*");
    }
}
