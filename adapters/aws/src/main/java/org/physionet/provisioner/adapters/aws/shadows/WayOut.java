package org.physionet.provisioner.adapters.aws.shadows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.bucket.BucketChecks;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.Call;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.Statement;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Takes one way into a folder of S3 away that is not the layout's: an identity out of a statement, a statement, a grant. The policy
 * is read again and put back without it, since S3 has no compare-and-swap (facts/aws.md A2.2).
 */
public final class WayOut {
    private static final Pattern STATEMENT = Pattern.compile(
            "(bucket policy|access point ([a-z0-9-]+))(?: of \\S+)?: statement (\\{.*)", Pattern.DOTALL);
    private static final Pattern GRANT = Pattern.compile("access grant ([A-Za-z0-9-]+): .*", Pattern.DOTALL);

    private final LazyClients clients;
    private final String account;
    private final S3Location location;

    public WayOut(LazyClients clients, Resource resource) {
        this.clients = clients;
        this.account = clients.settings().account().value();
        this.location = S3Location.of(resource.id());
    }

    /** What a write takes away. */
    public sealed interface Change {
        /**
         * Of a policy.
         *
         * @param point the access point; null: the bucket's own policy
         * @param who null: the whole statement
         * @param text of the statement
         */
        record OfStatement(@Nullable String point, @Nullable String who, String text) implements Change {}

        /** @param id of the grant */
        record OfGrant(String id) implements Change {}
    }

    /** The write; empty: the way is none that can be taken away here, or it is our own account's. */
    public Optional<Write> plan(@Nullable String who, String way) {
        if (who != null && who.matches("arn:aws[a-z-]*:(iam|sts)::" + account + ":.*|" + account)) {
            return Optional.empty();
        }
        Matcher statement = STATEMENT.matcher(way);
        if (statement.matches()) {
            String point = statement.group(2);
            String whom = who == null || who.equals("everybody") ? null : who;
            return Optional.of(
                    point == null
                            ? write(way, whom, "policy of bucket " + location.bucket(), BUCKET_CALLS, null, statement)
                            : write(way, whom, "access point " + point, POINT_CALLS, point, statement));
        }
        Matcher grant = GRANT.matcher(way);
        return grant.matches()
                ? Optional.of(
                        write(way, "access grant " + grant.group(1), GRANT_CALLS, new Change.OfGrant(grant.group(1))))
                : Optional.empty();
    }

    private static final Map<String, Integer> BUCKET_CALLS = Map.of("s3.GetBucketPolicy", 1, "s3.PutBucketPolicy", 1);
    private static final Map<String, Integer> POINT_CALLS =
            Map.of("s3control.GetAccessPointPolicy", 1, "s3control.PutAccessPointPolicy", 1);
    private static final Map<String, Integer> GRANT_CALLS = Map.of("s3control.DeleteAccessGrant", 1);

    private static Write write(
            String way,
            @Nullable String who,
            String document,
            Map<String, Integer> calls,
            @Nullable String point,
            Matcher statement) {
        String what = who == null ? way : who + " from " + way;
        return write(what, document, calls, new Change.OfStatement(point, who, statement.group(3)));
    }

    private static Write write(String what, String document, Map<String, Integer> calls, Change change) {
        return new Write(document, new TreeSet<>(), new TreeSet<>(), calls, 0, "takes away " + what, change);
    }

    public Outcome send(Change change) {
        try {
            switch (change) {
                case Change.OfGrant(String id) ->
                    clients.get()
                            .s3Control()
                            .deleteAccessGrant(r -> r.accountId(account).accessGrantId(id));
                case Change.OfStatement one -> take(one);
            }
            return new Outcome.Applied();
        } catch (SdkException e) {
            return AwsErrors.code(e).equals("NoSuchAccessGrantError")
                    ? new Outcome.AlreadySo()
                    : clients.errors().translate(e, Call.write("a way into " + location.id()));
        } catch (IllegalArgumentException e) {
            return new Outcome.Denied(
                    "a way into " + location.id() + ": its policy can not be read: " + e.getMessage());
        }
    }

    private void take(Change.OfStatement change) {
        String point = change.point();
        Policy live = point == null
                ? new BucketChecks(clients, location, S3ResourceKind.BUCKET_POLICY).policy()
                : policyOf(point);
        List<Statement> left = new ArrayList<>();
        for (Statement statement : live.statements()) {
            if (!statement.node().toString().equals(change.text())) {
                left.add(statement);
            } else if (change.who() != null) {
                statement.without(change.who()).ifPresent(left::add);
            }
        }
        put(point, new Policy(live.version(), live.id(), left));
    }

    private Policy policyOf(String point) {
        return Policy.parse(clients.get()
                .s3Control()
                .getAccessPointPolicy(r -> r.accountId(account).name(point))
                .policy());
    }

    private void put(@Nullable String point, Policy after) {
        boolean empty = after.statements().isEmpty();
        String bucket = location.bucket();
        if (point != null && empty) {
            clients.get()
                    .s3Control()
                    .deleteAccessPointPolicy(r -> r.accountId(account).name(point));
        } else if (point != null) {
            clients.get()
                    .s3Control()
                    .putAccessPointPolicy(r -> r.accountId(account).name(point).policy(after.render()));
        } else if (empty) {
            clients.get().s3().deleteBucketPolicy(r -> r.bucket(bucket).expectedBucketOwner(account));
        } else {
            clients.get()
                    .s3()
                    .putBucketPolicy(
                            r -> r.bucket(bucket).expectedBucketOwner(account).policy(after.render()));
        }
    }
}
