package org.physionet.provisioner.adapters.aws.shadows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.bucket.BucketChecks;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.Call;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.adapters.aws.policy.Marks;
import org.physionet.provisioner.adapters.aws.policy.OpenStatements;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Searches the ways to a folder of S3 that its layout does not show: the bucket's policy, other access points of the bucket, access grants of
 * other scopes or of an earlier layout, access control lists. A way that may not be looked at is an uncertain one.
 */
public final class S3Shadows {
    private final LazyClients clients;
    private final Resource resource;
    private final S3Location location;
    private final List<Shadow> found = new ArrayList<>();

    private S3Shadows(LazyClients clients, Resource resource) {
        this.clients = clients;
        this.resource = resource;
        this.location = S3Location.of(resource.id());
    }

    public static List<Shadow> of(LazyClients clients, Resource resource) {
        S3Shadows search = new S3Shadows(clients, resource);
        if (!resource.layout().equals(S3ResourceKind.BUCKET_POLICY)) {
            // in that layout the observation has every statement of it
            search.look("bucket policy", search::bucketPolicy);
        }
        search.look("other access points of the bucket", () -> AccessPointShadows.of(clients, resource));
        search.look("access grants of other scopes", () -> GrantShadows.of(clients, resource));
        search.look("access control lists", () -> AclShadows.of(clients, search.location));
        return List.copyOf(search.found);
    }

    private void look(String path, Supplier<List<Shadow>> way) {
        try {
            found.addAll(way.get());
        } catch (SdkException e) {
            String why = clients.errors().translate(e, Call.read(path)).reason();
            found.add(new Shadow("unknown", path + " of " + location.bucket() + ": " + why, false));
        } catch (IllegalArgumentException e) {
            found.add(new Shadow("unknown", path + " of " + location.bucket() + ": " + e.getMessage(), false));
        }
    }

    private List<Shadow> bucketPolicy() {
        Policy policy = new BucketChecks(clients, location, resource.layout()).policy();
        return new OpenStatements(
                        "arn:aws:s3:::" + location.bucket() + "/" + location.prefix(),
                        clients.settings().account().value())
                .in(policy).stream()
                        .map(open -> new Shadow(
                                open.who(),
                                "bucket policy of " + location.bucket() + ": statement "
                                        + open.statement().node(),
                                true,
                                Marks.isOurs(open.statement())
                                        && open.statement().sid().endsWith(location.mark())))
                        .toList();
    }

    /** Whether AWS says that there is no such thing, which then lets in nobody. */
    static boolean isAbsence(SdkException error) {
        return Set.of(
                        "NoSuchAccessPointPolicy",
                        "NoSuchAccessPoint",
                        "AccessGrantsInstanceNotExistsError",
                        "OwnershipControlsNotFoundError")
                .contains(AwsErrors.code(error));
    }
}
