package org.physionet.provisioner.adapters.aws.bucketpolicy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.policy.Marks;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.Readers;
import org.physionet.provisioner.adapters.aws.policy.Statement;

/**
 * One resource's statements in its bucket's policy. Reading and listing are two statements with one list each: a Deny for other
 * prefixes, which saves the second list in access points, would here lock out everybody else. Other resources' statements
 * of ours in the same bucket carry another mark and are kept like anybody's.
 */
public final class BucketStatements {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final S3Location location;
    private final String mark;

    public BucketStatements(S3Location location) {
        this.location = location;
        this.mark = location.mark();
    }

    /** What a bucket's policy says about one resource. */
    public record Seen(Readers readers, List<Statement> foreign, boolean marked, boolean asWritten) {
        public Seen {
            foreign = List.copyOf(foreign);
        }
    }

    public Seen read(Policy policy) {
        SortedSet<String> ids = new TreeSet<>();
        SortedSet<String> named = new TreeSet<>();
        List<Statement> ours = policy.statements().stream().filter(this::isOurs).toList();
        ours.stream().filter(Statement::allows).forEach(statement -> {
            named.addAll(statement.awsPrincipals());
            statement
                    .conditions()
                    .values()
                    .forEach(keys -> ids.addAll(keys.getOrDefault("aws:userid", new TreeSet<>())));
        });
        Readers readers = new Readers(ids, named);
        List<Statement> foreign =
                policy.statements().stream().filter(s -> !Marks.isOurs(s)).toList();
        return new Seen(readers, foreign, !ours.isEmpty(), Statement.allSayTheSame(ours, statements(readers)));
    }

    /** The policy with this resource's statements for these readers, and all others as they were. */
    public Policy merge(Policy live, Readers readers) {
        List<Statement> all = new ArrayList<>(
                live.statements().stream().filter(s -> !isOurs(s)).toList());
        boolean alone = all.isEmpty();
        all.addAll(statements(readers));
        return alone ? Policy.of(all) : new Policy(live.version(), live.id(), all);
    }

    private boolean isOurs(Statement statement) {
        return Marks.isOurs(statement) && statement.sid().endsWith(mark);
    }

    private List<Statement> statements(Readers readers) {
        List<Statement> all = new ArrayList<>();
        if (!readers.ids().isEmpty()) {
            ObjectNode get = statement("Get").put("Principal", "*").put("Action", "s3:GetObject");
            fill(get.put("Resource", objects()).putObject("Condition"), readers.ids());
            ObjectNode list = statement("List").put("Principal", "*").put("Action", "s3:ListBucket");
            ObjectNode condition = list.put("Resource", bucket()).putObject("Condition");
            fill(condition, readers.ids());
            limit(condition);
            all.add(new Statement(get));
            all.add(new Statement(list));
        }
        if (!readers.named().isEmpty()) {
            ObjectNode get = statement("GetNamed");
            values(get.putObject("Principal").putArray("AWS"), readers.named());
            get.put("Action", "s3:GetObject").put("Resource", objects());
            ObjectNode list = statement("ListNamed");
            values(list.putObject("Principal").putArray("AWS"), readers.named());
            list.put("Action", "s3:ListBucket").put("Resource", bucket());
            if (!location.prefix().isEmpty()) {
                limit(list.putObject("Condition"));
            }
            all.add(new Statement(get));
            all.add(new Statement(list));
        }
        return all;
    }

    private ObjectNode statement(String kind) {
        return NODES.objectNode().put("Sid", Marks.SID_PREFIX + kind + mark).put("Effect", "Allow");
    }

    private void limit(ObjectNode condition) {
        if (!location.prefix().isEmpty()) {
            condition.putObject("StringLike").put("s3:prefix", location.prefix() + "*");
        }
    }

    private static void fill(ObjectNode condition, Collection<String> ids) {
        values(condition.putObject("StringEquals").putArray("aws:userid"), ids);
    }

    private static void values(ArrayNode array, Collection<String> values) {
        values.forEach(array::add);
    }

    private String bucket() {
        return "arn:aws:s3:::" + location.bucket();
    }

    private String objects() {
        return bucket() + "/" + location.prefix() + "*";
    }
}
