package org.physionet.provisioner.simulator.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.SimulatedCloud.Verdict;
import org.physionet.provisioner.simulator.aws.call.Authentication;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.OwnSide;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.s3.Place;
import org.physionet.provisioner.simulator.aws.s3.S3Access;
import org.physionet.provisioner.simulator.aws.state.AccessPoint;
import org.physionet.provisioner.simulator.aws.state.Bucket;

/**
 * Answers "can this principal read this?" by asking for GetObject on every way in: the bucket itself and each access point before it.
 *
 * <p>A resource is an object that exists, or a prefix; below a prefix, one key that no policy can have in mind stands for the objects
 * to come, and every object that is there is tried too.
 */
final class Readability {
    private static final Pattern RESOURCE = Pattern.compile("s3://([^/]+)(?:/(.*))?", Pattern.DOTALL);
    private static final Pattern PRINCIPAL = Pattern.compile("(A(?:IDA|ROA)[A-Z0-9]{8,124})(?::(.+))?");
    private static final String ANY_OBJECT = "simulator-probe/any-object";

    private final Scene scene;
    private final Authentication authentication;

    Readability(Scene scene, Authentication authentication) {
        this.scene = scene;
        this.authentication = authentication;
    }

    /** @param principal {@code AIDA…}, {@code AROA…} (a session of any name), or {@code AROA…:SESSION} */
    Verdict canRead(String principal, String resource) {
        Matcher who = PRINCIPAL.matcher(principal);
        if (!who.matches()) {
            throw new IllegalArgumentException(
                    "principal: expected a unique id AIDA… or AROA…, found \"" + principal + "\"");
        }
        Matcher what = RESOURCE.matcher(resource);
        if (!what.matches()) {
            throw new IllegalArgumentException("resource: expected s3://BUCKET/PREFIX, found \"" + resource + "\"");
        }
        Bucket bucket = scene.state().buckets().get(what.group(1));
        if (bucket == null) {
            return new Verdict(false, "bucket " + what.group(1) + " does not exist");
        }
        Optional<Caller.Known> caller = scene.directory()
                .find(who.group(1))
                .map(found -> who.group(2) == null
                        ? found
                        : scene.directory().caller(found.uniqueId(), found.arn(), who.group(2)));
        if (caller.isEmpty()) {
            return new Verdict(false, "principal " + who.group(1) + " does not exist");
        }
        return canRead(caller.get(), bucket, keys(bucket, what.group(2) == null ? "" : what.group(2)));
    }

    private Verdict canRead(Caller.Known caller, Bucket bucket, List<String> keys) {
        List<Place> ways = new ArrayList<>();
        ways.add(new Place(bucket, Optional.empty()));
        scene.state().accessPointsOf(bucket).forEach(point -> ways.add(new Place(bucket, Optional.of(point))));
        S3Access access = new S3Access(scene);
        OwnSide own = authentication.ownSideOf(caller.uniqueId());
        RequestContext request = RequestContext.empty()
                .with("aws:CurrentTime", scene.now().toString())
                .with("aws:EpochTime", String.valueOf(scene.now().getEpochSecond()))
                .with("aws:SecureTransport", "true")
                .with("aws:SourceIp", "127.0.0.1");
        String refusal = "";
        for (Place way : ways) {
            for (String key : keys) {
                AccessDecision decision = access.decide(caller, own, "s3:GetObject", way, key, request);
                if (decision.allowed()) {
                    return new Verdict(true, name(way) + ": " + decision.because());
                }
                refusal = refusal.isEmpty() ? name(way) + ": " + decision.because() : refusal;
            }
        }
        Optional<Verdict> granted = new GrantedReads(scene, authentication).find(caller, own, bucket, keys, request);
        if (granted.isPresent()) {
            return granted.get();
        }
        String others = ways.size() == 1 ? "" : "; nor through any of " + (ways.size() - 1) + " access points";
        return new Verdict(false, refusal + others);
    }

    private static List<String> keys(Bucket bucket, String path) {
        if (bucket.objects().containsKey(path) && !path.endsWith("/")) {
            return List.of(path);
        }
        String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        List<String> keys = new ArrayList<>();
        keys.add(prefix + ANY_OBJECT);
        bucket.objects().tailMap(prefix).keySet().stream()
                .takeWhile(key -> key.startsWith(prefix))
                .forEach(keys::add);
        return keys;
    }

    private static String name(Place way) {
        return way.via()
                .map(AccessPoint::name)
                .map(n -> "through access point " + n)
                .orElse("directly");
    }
}
