package org.physionet.provisioner.adapters.gcp.gcs;

import com.google.cloud.storage.Storage.BucketSourceOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.Commands;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.policy.Entry;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.model.Resource;

/** What {@code doctor} asks of a bucket. Reads only. */
final class BucketChecks {
    /** All that the provisioner needs on a bucket (facts/gcp.md 5). */
    private static final List<String> NEEDED =
            List.of("storage.buckets.get", "storage.buckets.getIamPolicy", "storage.buckets.setIamPolicy");

    private static final Set<String> EVERYBODY = Set.of("allUsers", "allAuthenticatedUsers");
    private static final double WARN_AT = 0.8;

    private final GoogleCalls calls;
    private final String project;

    BucketChecks(GoogleCalls calls, String project) {
        this.calls = calls;
        this.project = project;
    }

    List<Check> of(Resource resource) {
        String bucket = resource.id().location();
        List<Check> checks = new ArrayList<>();
        checks.add(rights(bucket));
        checks.addAll(settings(bucket));
        checks.addAll(policy(resource, bucket));
        return List.copyOf(checks);
    }

    private Check rights(String bucket) {
        String what = "rights on gs://" + bucket;
        String fix = Commands.customRole(project, "provisionerBucket", NEEDED)
                + "; gcloud storage buckets add-iam-policy-binding gs://" + bucket + " --member=" + Commands.self(calls)
                + " --role=projects/" + project + "/roles/provisionerBucket";
        Answer<List<Boolean>> answer = calls.read(
                google -> google.storage().testIamPermissions(bucket, NEEDED, billing(google.billingProject())));
        return switch (answer) {
            case Answer.Failed(var why) ->
                new Check(what, false, why.reason(), "gcloud storage buckets describe gs://" + bucket);
            case Answer.Got(List<Boolean> held) -> {
                List<String> missing = new ArrayList<>();
                for (int i = 0; i < NEEDED.size(); i++) {
                    if (i >= held.size() || !held.get(i)) {
                        missing.add(NEEDED.get(i));
                    }
                }
                yield missing.isEmpty()
                        ? new Check(what, true, "has " + String.join(", ", NEEDED), "")
                        : new Check(what, false, "lacks " + String.join(", ", missing), fix);
            }
        };
    }

    private static BucketSourceOption[] billing(@Nullable String project) {
        return project == null
                ? new BucketSourceOption[0]
                : new BucketSourceOption[] {BucketSourceOption.userProject(project)};
    }

    private List<Check> settings(String name) {
        Answer<Optional<BucketSettings>> answer = calls.read(google -> BucketSettings.read(google, name));
        return switch (answer) {
            case Answer.Failed(var why) -> List.of(new Check("settings of gs://" + name, false, why.reason(), ""));
            case Answer.Got(Optional<BucketSettings> found) ->
                found.map(settings -> settings(name, settings)).orElseGet(() -> List.of(noSuch(name)));
        };
    }

    private static Check noSuch(String name) {
        return new Check(
                "settings of gs://" + name,
                false,
                "no such bucket",
                "gcloud storage buckets create gs://" + name
                        + " --uniform-bucket-level-access --public-access-prevention");
    }

    private static List<Check> settings(String name, BucketSettings found) {
        String update = "gcloud storage buckets update gs://" + name;
        return List.of(
                found.uniform()
                        ? new Check("uniform access on gs://" + name, true, "on", "")
                        : new Check(
                                "uniform access on gs://" + name,
                                false,
                                "off: object ACLs may let people in unseen, and access can not end by itself",
                                update + " --uniform-bucket-level-access"),
                found.publicAccessPrevented()
                        ? new Check("public access prevention on gs://" + name, true, "enforced", "")
                        : new Check(
                                "public access prevention on gs://" + name,
                                true,
                                "not enforced: one wrong entry would open it to everybody",
                                update + " --public-access-prevention"));
    }

    private List<Check> policy(Resource resource, String bucket) {
        Answer<BucketPolicy> answer = calls.read(google -> BucketCalls.read(google, resource));
        return switch (answer) {
            case Answer.Failed(var why) -> List.of(new Check("policy of gs://" + bucket, false, why.reason(), ""));
            case Answer.Got(BucketPolicy policy) -> List.of(notPublic(bucket, policy), room(bucket, policy));
        };
    }

    private static Check notPublic(String bucket, BucketPolicy policy) {
        String open = policy.entries().stream()
                .filter(entry -> EVERYBODY.contains(entry.member()))
                .map(Entry::text)
                .collect(Collectors.joining("; "));
        String what = "no public entry on gs://" + bucket;
        return open.isEmpty()
                ? new Check(what, true, "none", "")
                : new Check(
                        what,
                        false,
                        open,
                        "gcloud storage buckets update gs://" + bucket + " --public-access-prevention");
    }

    private static Check room(String bucket, BucketPolicy policy) {
        int used = policy.principals();
        String detail = used + " of " + MemberPolicy.MOST_PRINCIPALS + " principals";
        boolean ok = used < WARN_AT * MemberPolicy.MOST_PRINCIPALS;
        return new Check(
                "room in the policy of gs://" + bucket, ok, detail, ok ? "" : "use layout: group for this resource");
    }
}
