package org.physionet.provisioner.adapters.aws.shadows;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.Shadow;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.Grantee;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Permission;

/** Access control lists, which are off in new buckets (facts/aws.md A2.5) and open objects beside every policy where they are on. */
final class AclShadows {
    private AclShadows() {}

    static List<Shadow> of(LazyClients clients, S3Location location) {
        String account = clients.settings().account().value();
        if (areOff(clients, location.bucket(), account)) {
            return List.of();
        }
        GetBucketAclResponse acl =
                clients.get().s3().getBucketAcl(r -> r.bucket(location.bucket()).expectedBucketOwner(account));
        List<Shadow> all = new ArrayList<>(granted(
                location.bucket(),
                acl.owner() == null ? "" : String.valueOf(acl.owner().id()),
                acl.grants()));
        all.add(new Shadow(
                "unknown",
                "access control lists of the objects in " + location.bucket()
                        + ": object ownership is not BucketOwnerEnforced, so each object may let somebody read; turn them off: aws"
                        + " s3api put-bucket-ownership-controls --bucket " + location.bucket()
                        + " --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'",
                false));
        return all;
    }

    private static boolean areOff(LazyClients clients, String bucket, String account) {
        try {
            return clients
                    .get()
                    .s3()
                    .getBucketOwnershipControls(r -> r.bucket(bucket).expectedBucketOwner(account))
                    .ownershipControls()
                    .rules()
                    .stream()
                    .map(OwnershipControlsRule::objectOwnership)
                    .allMatch(ObjectOwnership.BUCKET_OWNER_ENFORCED::equals);
        } catch (SdkException e) {
            if (S3Shadows.isAbsence(e)) {
                // a bucket from before there were any: lists are on
                return false;
            }
            throw e;
        }
    }

    /** Whom the bucket's own list lets list its objects. */
    static List<Shadow> granted(String bucket, String owner, List<Grant> grants) {
        return grants.stream()
                .filter(grant -> grant.permission() == Permission.READ || grant.permission() == Permission.FULL_CONTROL)
                .filter(grant -> !owner.equals(grant.grantee().id()))
                .map(grant -> new Shadow(
                        who(grant.grantee()),
                        "access control list of " + bucket + ": " + grant.permissionAsString(),
                        true))
                .toList();
    }

    private static String who(Grantee grantee) {
        return Optional.ofNullable(grantee.uri())
                .or(() -> Optional.ofNullable(grantee.emailAddress()))
                .or(() -> Optional.ofNullable(grantee.displayName()))
                .orElseGet(() -> Objects.requireNonNullElse(grantee.id(), "unknown"));
    }
}
