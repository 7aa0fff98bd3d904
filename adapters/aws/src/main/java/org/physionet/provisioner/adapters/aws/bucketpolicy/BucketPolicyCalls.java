package org.physionet.provisioner.adapters.aws.bucketpolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.bucket.BucketChecks;
import org.physionet.provisioner.adapters.aws.calls.Call;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.adapters.aws.policy.ForeignStatements;
import org.physionet.provisioner.adapters.aws.policy.OpenStatements;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PolicyGuard;
import org.physionet.provisioner.adapters.aws.policy.PublicLint;
import org.physionet.provisioner.adapters.aws.policy.Readers;
import org.physionet.provisioner.adapters.aws.policy.Statement;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.PolicyStatus;

/** Reads a bucket's policy, and puts it back with one resource's statements changed. */
final class BucketPolicyCalls {
    private final LazyClients clients;

    BucketPolicyCalls(LazyClients clients) {
        this.clients = clients;
    }

    static String about(S3Location location) {
        return "policy of bucket " + location.bucket();
    }

    Observed observe(ResourceId resource) {
        S3Location location = S3Location.of(resource);
        Policy policy;
        try {
            policy = new BucketChecks(clients, location, S3ResourceKind.BUCKET_POLICY).policy();
        } catch (SdkException e) {
            return new Observed.NotSeen(clients.errors().translate(e, Call.read(about(location))));
        } catch (IllegalArgumentException e) {
            return new Observed.NotSeen(new Outcome.Denied(about(location) + " can not be read: " + e.getMessage()));
        }
        BucketStatements.Seen seen = new BucketStatements(location).read(policy);
        return new Observed.Seen(new Observation(
                resource,
                clients.clock().instant(),
                owned(seen.readers(), about(location)),
                foreign(location, policy, seen),
                seen.marked(),
                new TreeSet<>(List.of(about(location))),
                Map.of(BucketPolicyAdapter.GET, 1),
                policy));
    }

    private SortedMap<Principal, LiveEdge> owned(Readers readers, String document) {
        SortedMap<Principal, LiveEdge> all = new TreeMap<>();
        readers.ids().forEach(id -> put(all, id, false, document));
        boolean resolves = !clients.settings().moto();
        readers.named().forEach(name -> put(all, name, resolves && !name.startsWith("arn:"), document));
        return all;
    }

    private static void put(SortedMap<Principal, LiveEdge> all, String spelling, boolean dead, String document) {
        Principal principal = AwsIdentityKind.of(spelling);
        all.putIfAbsent(principal, new LiveEdge(principal, spelling, null, dead, document));
    }

    private List<ForeignEntry> foreign(S3Location location, Policy policy, BucketStatements.Seen seen) {
        List<ForeignEntry> all = new ArrayList<>();
        Set<Statement> open = new OpenStatements(
                        "arn:aws:s3:::" + location.bucket() + "/" + location.prefix(),
                        clients.settings().account().value())
                .in(policy).stream().map(OpenStatements.Open::statement).collect(Collectors.toSet());
        seen.foreign().forEach(s -> all.addAll(ForeignStatements.of("bucket policy", s, open.contains(s))));
        if (!seen.asWritten()) {
            all.add(ForeignEntry.spoiled(
                    "bucket policy: our statements were changed by somebody else; the next write puts them right"));
        }
        return all;
    }

    Outcome write(S3Location location, BucketPolicyChange change) {
        Policy live;
        Policy after;
        try {
            live = new BucketChecks(clients, location, S3ResourceKind.BUCKET_POLICY).policy();
            after = new BucketStatements(location).merge(live, change.after());
        } catch (SdkException e) {
            return clients.errors().translate(e, Call.read(about(location)));
        } catch (IllegalArgumentException e) {
            return new Outcome.Denied(about(location) + " can not be read: " + e.getMessage());
        }
        Optional<String> refusal =
                PolicyGuard.refusal(after, PublicLint.Place.BUCKET, about(location), change.onlyRevokes());
        if (refusal.isPresent()) {
            return new Outcome.Denied(refusal.get());
        }
        Outcome sent = send(location, after, change);
        boolean asks = !after.statements().isEmpty()
                && !change.onlyRevokes()
                && !clients.settings().moto();
        return sent instanceof Outcome.Success && asks ? provePrivate(location, live, change) : sent;
    }

    /** Asks AWS itself; a policy that it calls public gives way at once to what was there before (facts/aws.md A1.4). */
    private Outcome provePrivate(S3Location location, Policy before, BucketPolicyChange change) {
        try {
            PolicyStatus status = clients.get()
                    .s3()
                    .getBucketPolicyStatus(r -> r.bucket(location.bucket())
                            .expectedBucketOwner(clients.settings().account().value()))
                    .policyStatus();
            if (status == null || status.isPublic() == null) {
                return new Outcome.Unknown(about(location) + " is written, but whether it is public is not known:"
                        + " AWS's answer does not say");
            }
            if (!status.isPublic()) {
                return new Outcome.Applied();
            }
        } catch (SdkException e) {
            return new Outcome.Unknown(about(location) + " is written, but whether it is public is not known: "
                    + clients.errors().translate(e, Call.read(about(location))).reason());
        }
        return switch (send(location, before, change)) {
            case Outcome.Success taken ->
                new Outcome.Denied(
                        about(location)
                                + ": AWS called the new one public, so it was taken back; look at account and bucket for what widens it");
            case Outcome.Failure failure ->
                new Outcome.Unknown(about(location) + ": AWS called the new one public and it could not be taken back: "
                        + failure.reason());
        };
    }

    private Outcome send(S3Location location, Policy after, BucketPolicyChange change) {
        String account = clients.settings().account().value();
        try {
            if (after.statements().isEmpty()) {
                clients.get()
                        .s3()
                        .deleteBucketPolicy(r -> r.bucket(location.bucket()).expectedBucketOwner(account));
            } else {
                clients.get()
                        .s3()
                        .putBucketPolicy(r -> r.bucket(location.bucket())
                                .expectedBucketOwner(account)
                                .policy(after.render()));
            }
            return new Outcome.Applied();
        } catch (SdkException e) {
            Call call = Call.policy(
                    about(location), change.ours(), !change.after().named().isEmpty());
            return clients.errors().translate(e, call);
        }
    }
}
