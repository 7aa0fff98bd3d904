package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.bucket.BucketChecks;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.engine.adapter.Adapter.Check;

/** What has to be so around a resource's access points (facts/aws.md A1.3, A1.5, A5). Reads only. */
final class AccessPointChecks {
    private final LazyClients clients;
    private final AccessPointLayout layout;
    private final String account;
    private final String bucket;

    AccessPointChecks(LazyClients clients, AccessPointLayout layout) {
        this.clients = clients;
        this.layout = layout;
        this.account = clients.settings().account().value();
        this.bucket = layout.location().bucket();
    }

    List<Check> run() {
        BucketChecks checks = new BucketChecks(clients, layout.location(), S3ResourceKind.ACCESS_POINTS);
        List<Check> all = new ArrayList<>(checks.caller());
        all.addAll(checks.answer("bucket policy of " + bucket, "s3:GetBucketPolicy", () -> {
            Policy policy = checks.policy();
            return List.of(new Delegation(account, layout.location()).check(policy), checks.notPublic(policy));
        }));
        all.addAll(checks.publicBlocks());
        all.addAll(checks.encryption());
        all.addAll(
                checks.answer("access points of " + layout.location().id(), "s3:ListAccessPoints", this::accessPoints));
        layout.optIns()
                .caution()
                .ifPresent(caution ->
                        all.add(new Check("whom " + layout.location().id() + " lets in", true, caution, "")));
        all.addAll(checks.rights());
        return all;
    }

    private List<Check> accessPoints() {
        long ours = clients
                .get()
                .s3Control()
                .listAccessPoints(r -> r.accountId(account).bucket(bucket).maxResults(1000))
                .accessPointList()
                .stream()
                .filter(point -> layout.names().owns(point.name()))
                .count();
        return List.of(new Check(
                "access points of " + layout.location().id(),
                true,
                ours + " of ours in the first page of the bucket's",
                ""));
    }
}
