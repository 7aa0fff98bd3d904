package org.physionet.provisioner.adapters.aws.accessgrants;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.OptIns;
import org.physionet.provisioner.adapters.aws.S3Layout;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.bucket.BucketChecks;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/**
 * The {@code access-grants} layout behind the port: one grant for each reader, so nobody's write touches another's. What was vended
 * before a revocation lives on until its own end (facts/aws.md A2.3).
 */
public final class AccessGrantsAdapter implements S3Layout {
    /** The calls that it makes to observe and write, as in the provider's reference. */
    public static final Set<String> METHODS = GrantMethods.all();

    /** Tag of what we made. */
    private static final String TAG = "provisioner";

    /** Grants of one account and region; more on request (facts/aws.md A1.1, source 6). */
    private static final int MOST_GRANTS = 100_000;

    /** A role's sessions last an hour unless its maximum was raised, to 12 hours at most (facts/aws.md A1.1, source 7). */
    private static final Duration USUAL_SESSION = Duration.ofHours(1);

    private static final String LATENCY =
            "a revoked researcher asks in vain at once, but reads on with credentials that"
                    + " were vended before, until they end: by default 1 hour, at most the location role's maximum session"
                    + " duration (12 hours at most; keep it at 1 hour)";

    private final LazyClients clients;

    public AccessGrantsAdapter(LazyClients clients) {
        this.clients = clients;
    }

    static String document(GrantScope scope) {
        return "access grants for " + scope.text();
    }

    /** Key and value of the tag by which a grant of a location is known as ours. */
    public static Map.Entry<String, String> mark(S3Location location) {
        return Map.entry(TAG, location.mark());
    }

    @Override
    public boolean isDocument(Resource resource, String name) {
        return name.equals(document(scope(resource)));
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        return new GrantsReader(clients, scope(resource)).observe(resource.id(), places);
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        return new GrantsRendering(
                        document(scope(resource)),
                        (Grants) observation.state(),
                        clients.settings().locationRole() != null,
                        OptIns.of(resource.options()))
                .render(observation.owned(), target);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        return new GrantsWriter(clients, scope(resource)).write((GrantsWrite) write.payload());
    }

    @Override
    public Optional<Room> room(Resource resource, Observation observation) {
        long used = ((Grants) observation.state())
                .readers().values().stream().mapToLong(Set::size).sum();
        return Optional.of(new Room(
                used,
                MOST_GRANTS,
                "grants",
                "the account's " + MOST_GRANTS + " grants are shared by all resources of layout access-grants;"
                        + " choose layout access-points for large ones. In this layout " + LATENCY));
    }

    @Override
    public List<String> cautions(Resource resource) {
        List<String> all = new ArrayList<>(S3Layout.super.cautions(resource));
        all.add(LATENCY);
        return List.copyOf(all);
    }

    @Override
    public Duration revokeVisible(Duration usual) {
        return USUAL_SESSION;
    }

    @Override
    public List<Check> check(Resource resource) {
        BucketChecks checks = new BucketChecks(clients, S3Location.of(resource.id()), S3ResourceKind.ACCESS_GRANTS);
        List<Check> all = new ArrayList<>(checks.caller());
        all.addAll(new Registration(clients, scope(resource)).check());
        all.addAll(checks.publicBlocks());
        all.addAll(checks.encryption());
        all.add(new Check("how long a revocation takes at " + resource.id(), true, LATENCY, ""));
        all.addAll(checks.rights());
        return all;
    }

    @Override
    public List<String> howTo(Resource resource, @Nullable String place) {
        S3Location location = S3Location.of(resource.id());
        String account = clients.settings().account().value();
        String region = clients.settings().region();
        String uri = location.id().text();
        String folder = location.prefix().isEmpty()
                ? location.bucket()
                : location.prefix().replaceAll("/$", "");
        return List.of(
                "Use the IAM user that you linked; this must print its Arn:",
                "  aws sts get-caller-identity",
                "Ask for temporary credentials (they last an hour; ask again when they have ended):",
                "  aws s3control get-data-access --account-id " + account + " --region " + region + " --target '" + uri
                        + "*' --permission READ",
                "Put the three values of its answer into the environment:",
                "  export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… AWS_SESSION_TOKEN=…",
                "List and download with them (keep the slash at the end):",
                "  aws s3 ls " + uri,
                "  aws s3 sync " + uri + " ./" + folder.replace('/', '-'),
                "Your own administrator must allow it too, with an IAM policy for that user:",
                "  {\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetDataAccess\","
                        + "\"Resource\":\"arn:aws:s3:" + region + ":" + account + ":access-grants/default\"}]}");
    }

    private static GrantScope scope(Resource resource) {
        return new GrantScope(S3Location.of(resource.id()));
    }
}
