package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.Optional;
import org.physionet.provisioner.adapters.aws.calls.AwsClients;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.Call;
import org.physionet.provisioner.adapters.aws.policy.Marks;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PolicyGuard;
import org.physionet.provisioner.adapters.aws.policy.PublicLint;
import org.physionet.provisioner.engine.adapter.Outcome;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3control.model.PolicyStatus;

/**
 * Sends one shard's write. A new shard is made with every public block on, then gets its policy, then AWS is asked whether it
 * is public; a shard that was made and then failed lets nobody in. There is no compare-and-swap (facts/aws.md A2.2): what
 * stands there is overwritten, except when an access point that was to be made exists already.
 */
public final class ShardWriter {
    private final AwsClients clients;
    private final AwsErrors errors;
    private final String account;
    private final boolean asksStatus;

    /** @param asksStatus whether the provider is asked if a new shard is public */
    public ShardWriter(AwsClients clients, AwsErrors errors, String account, boolean asksStatus) {
        this.clients = clients;
        this.errors = errors;
        this.account = account;
        this.asksStatus = asksStatus;
    }

    public Outcome write(String bucket, ShardWrite write) {
        Optional<Outcome.Failure> refusal = refusedByUs(write);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (write.create()) {
            Optional<Outcome.Failure> failure = create(bucket, write.shard());
            if (failure.isPresent()) {
                return failure.get();
            }
        }
        Policy policy = write.policy();
        if (policy == null) {
            return write.create() ? new Outcome.Applied() : delete(write.shard());
        }
        Outcome put = put(write, policy);
        return put instanceof Outcome.Success && !write.onlyRevokes() && asksStatus ? provePrivate(write) : put;
    }

    private static Optional<Outcome.Failure> refusedByUs(ShardWrite write) {
        Policy policy = write.policy();
        return policy == null
                ? Optional.empty()
                : PolicyGuard.refusal(policy, PublicLint.Place.ACCESS_POINT, about(write.shard()), write.onlyRevokes())
                        .map(Outcome.Denied::new);
    }

    private Optional<Outcome.Failure> create(String bucket, String shard) {
        try {
            clients.s3Control()
                    .createAccessPoint(r -> r.accountId(account)
                            .name(shard)
                            .bucket(bucket)
                            .publicAccessBlockConfiguration(b -> b.blockPublicAcls(true)
                                    .ignorePublicAcls(true)
                                    .blockPublicPolicy(true)
                                    .restrictPublicBuckets(true)));
            return Optional.empty();
        } catch (SdkException e) {
            return AwsErrors.code(e).equals("AccessPointAlreadyOwnedByYou")
                    ? takeUp(bucket, shard)
                    : Optional.of(errors.translate(e, Call.write(about(shard) + " (create)")));
        }
    }

    /** An earlier try may have made it: fine if it is for our bucket and lets nobody in; else it has to be read first. */
    private Optional<Outcome.Failure> takeUp(String bucket, String shard) {
        try {
            String actual = clients.s3Control()
                    .getAccessPoint(r -> r.accountId(account).name(shard))
                    .bucket();
            if (!bucket.equals(actual)) {
                return Optional.of(new Outcome.Denied(about(shard) + ": the name is taken by an access point of bucket "
                        + actual + ", expected " + bucket + "; delete that one or choose another aws.prefix"));
            }
            clients.s3Control().getAccessPointPolicy(r -> r.accountId(account).name(shard));
            return Optional.of(new Outcome.Conflict(
                    about(shard) + ": exists already with a policy that was not read; read again"));
        } catch (SdkException e) {
            return AwsErrors.code(e).equals("NoSuchAccessPointPolicy")
                    ? Optional.empty()
                    : Optional.of(errors.translate(e, Call.read(about(shard))));
        }
    }

    private Outcome put(ShardWrite write, Policy policy) {
        boolean named = policy.statements().stream()
                .anyMatch(s -> Marks.isOurs(s) && !s.awsPrincipals().isEmpty());
        try {
            clients.s3Control()
                    .putAccessPointPolicy(
                            r -> r.accountId(account).name(write.shard()).policy(policy.render()));
            return new Outcome.Applied();
        } catch (SdkException e) {
            return errors.translate(e, Call.policy(about(write.shard()), write.ours(), named));
        }
    }

    private Outcome delete(String shard) {
        try {
            clients.s3Control()
                    .deleteAccessPointPolicy(r -> r.accountId(account).name(shard));
            return new Outcome.Applied();
        } catch (SdkException e) {
            return AwsErrors.code(e).equals("NoSuchAccessPointPolicy")
                    ? new Outcome.AlreadySo()
                    : errors.translate(e, Call.write(about(shard)));
        }
    }

    /** Asks AWS itself; a policy that it calls public gives way at once to what was there before (facts/aws.md A1.4). */
    private Outcome provePrivate(ShardWrite write) {
        String shard = write.shard();
        try {
            PolicyStatus status = clients.s3Control()
                    .getAccessPointPolicyStatus(r -> r.accountId(account).name(shard))
                    .policyStatus();
            if (status == null || status.isPublic() == null) {
                return new Outcome.Unknown("the policy is written, but whether it is public is not known: "
                        + about(shard) + ": AWS's answer does not say");
            }
            if (!status.isPublic()) {
                return new Outcome.Applied();
            }
        } catch (SdkException e) {
            return new Outcome.Unknown("the policy is written, but whether it is public is not known: "
                    + errors.translate(e, Call.read(about(shard))).reason());
        }
        Policy before = write.before();
        boolean harmless = before != null
                && PublicLint.publicStatements(before, PublicLint.Place.ACCESS_POINT)
                        .isEmpty();
        Outcome back = before != null && harmless ? put(write, before) : delete(shard);
        return switch (back) {
            case Outcome.Success gone ->
                new Outcome.Denied(
                        about(shard)
                                + ": AWS called its new policy public, so it was taken back; look at account and bucket for what widens it");
            case Outcome.Failure failure ->
                new Outcome.Unknown(about(shard) + ": AWS called its new policy public and it could not be taken back: "
                        + failure.reason());
        };
    }

    private static String about(String shard) {
        return "access point " + shard;
    }
}
