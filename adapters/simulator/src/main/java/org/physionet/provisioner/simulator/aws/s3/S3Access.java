package org.physionet.provisioner.simulator.aws.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.OwnSide;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.policy.ResourceLayer;
import org.physionet.provisioner.simulator.aws.state.AccessPoint;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.PublicAccessBlock;
import org.physionet.provisioner.simulator.aws.state.StoredObject;
import org.physionet.provisioner.simulator.aws.state.StoredPolicy;

/** Decides a call on a bucket by the policies that are in force now: the access point's, if there is one on the way, and the bucket's. */
public final class S3Access {
    private final Scene scene;

    public S3Access(Scene scene) {
        this.scene = scene;
    }

    /**
     * @param action {@code s3:GetObject}
     * @param key null if the bucket or access point itself is meant
     * @param request the keys that describe the request; those of the way are added
     */
    public AccessDecision decide(
            Caller caller, OwnSide own, String action, Place place, @Nullable String key, RequestContext request) {
        Bucket bucket = place.bucket();
        RequestContext context =
                request.with("aws:ResourceAccount", bucket.account()).with("s3:ResourceAccount", bucket.account());
        List<ResourceLayer> layers = new ArrayList<>();
        if (place.via().isPresent()) {
            AccessPoint point = place.via().get();
            context = context.with("s3:DataAccessPointArn", point.arn())
                    .with("s3:DataAccessPointAccount", point.account())
                    .with("s3:AccessPointNetworkOrigin", "Internet");
            layers.add(layer(point, key));
        }
        layers.add(layer(bucket, key, place.via().isPresent()));
        AccessDecision decision = AccessDecision.decide(caller, own, action, layers, context);
        return decision.allowed() && key != null && action.equals("s3:GetObject")
                ? decrypted(decision, caller, own, bucket, key, context)
                : decision;
    }

    /** An object that is not there yet would be encrypted as its bucket says. */
    private AccessDecision decrypted(
            AccessDecision read, Caller caller, OwnSide own, Bucket bucket, String key, RequestContext context) {
        StoredObject object = bucket.objects().get(key);
        Optional<Encryption> encryption = object == null ? Encryption.usual(bucket) : Encryption.of(object);
        AccessDecision decrypt = encryption
                .map(e -> e.decide(scene, caller, own, "kms:Decrypt", bucket, key, context))
                .orElse(read);
        return decrypt.allowed() ? read : decrypt;
    }

    private ResourceLayer layer(AccessPoint point, @Nullable String key) {
        Optional<StoredPolicy> policy = point.policy().effective(scene.now());
        boolean restricts = point.block().restrictPublicBuckets()
                || accountBlock(point.account()).restrictPublicBuckets();
        return new ResourceLayer(
                ResourceLayer.Kind.ACCESS_POINT,
                "policy of access point " + point.name(),
                point.account(),
                key == null ? point.scope().self() : point.scope().objects() + key,
                document(policy),
                restricts && policy.map(StoredPolicy::isPublic).orElse(false));
    }

    private ResourceLayer layer(Bucket bucket, @Nullable String key, boolean behind) {
        Optional<StoredPolicy> policy = bucket.policy().effective(scene.now());
        PublicAccessBlock own = bucket.block().effective(scene.now()).orElse(PublicAccessBlock.ALL_OFF);
        boolean restricts =
                own.restrictPublicBuckets() || accountBlock(bucket.account()).restrictPublicBuckets();
        return new ResourceLayer(
                behind ? ResourceLayer.Kind.BUCKET_BEHIND : ResourceLayer.Kind.BUCKET,
                "policy of bucket " + bucket.name(),
                bucket.account(),
                key == null ? bucket.scope().self() : bucket.scope().objects() + key,
                behind ? document(policy) : withList(bucket, document(policy), own),
                restricts && policy.map(StoredPolicy::isPublic).orElse(false));
    }

    private @Nullable PolicyDocument withList(Bucket bucket, @Nullable PolicyDocument policy, PublicAccessBlock own) {
        if (!bucket.configurations().containsKey(AccessControlList.PARAMETER)) {
            return policy;
        }
        boolean ignorePublic =
                own.ignorePublicAcls() || accountBlock(bucket.account()).ignorePublicAcls();
        List<String> accounts =
                scene.state().accounts().stream().map(Account::id).toList();
        return AccessControlList.of(bucket).with(policy, bucket, accounts, ignorePublic);
    }

    private PublicAccessBlock accountBlock(String account) {
        return scene.state()
                .findAccount(account)
                .map(Account::block)
                .flatMap(block -> block.effective(scene.now()))
                .orElse(PublicAccessBlock.ALL_OFF);
    }

    private static @Nullable PolicyDocument document(Optional<StoredPolicy> policy) {
        return policy.map(StoredPolicy::document).orElse(null);
    }
}
