package org.physionet.provisioner.simulator.aws.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.OwnSide;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.s3.Place;
import org.physionet.provisioner.simulator.aws.s3.S3Access;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.StoredObject;
import org.physionet.provisioner.simulator.aws.state.Trail;

/**
 * Puts logs into the buckets that are to have them, once the world's clock has passed the delay since the call. The bucket's policy must
 * let the service in, as on AWS; what it refuses is lost.
 */
public final class Delivery {
    private static final DateTimeFormatter LOG_NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TRAIL_DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TRAIL_NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm'Z'").withZone(ZoneOffset.UTC);

    private final Scene scene;
    private final Journal journal;

    public Delivery(Scene scene, Journal journal) {
        this.scene = scene;
        this.journal = journal;
    }

    /** Delivers what is due; nothing if that was done already. */
    public void deliver() {
        List<Entry> logged = journal.takeForAccessLogs(
                scene.now().minus(scene.state().delays().accessLogs()));
        if (!logged.isEmpty()) {
            accessLogs(logged);
        }
        List<Entry> trailed =
                journal.takeForTrails(scene.now().minus(scene.state().delays().cloudTrail()));
        if (!trailed.isEmpty()) {
            scene.state().trails().forEach(trail -> trail(trail, trailed));
        }
    }

    private void accessLogs(List<Entry> entries) {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (Entry entry : entries) {
            entry.addressed()
                    .ifPresent(addressed -> texts.computeIfAbsent(
                                    addressed.place().bucket().name(), _ -> new StringBuilder())
                            .append(AccessLogLine.of(entry, addressed))
                            .append('\n'));
        }
        texts.forEach(
                (name, text) -> Optional.ofNullable(scene.state().buckets().get(name))
                        .ifPresent(source -> accessLog(source, text.toString())));
    }

    private void accessLog(Bucket source, String text) {
        Caller.Service service =
                new Caller.Service("logging.s3.amazonaws.com", source.scope().self(), source.account());
        LoggingTarget.of(source)
                .ifPresent(target -> put(
                        service,
                        target.bucket(),
                        target.prefix() + LOG_NAME.format(scene.now()) + "-" + scene.requestId(),
                        text.getBytes(StandardCharsets.UTF_8),
                        Map.of("content-type", "text/plain")));
    }

    private void trail(Trail trail, List<Entry> entries) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        ArrayNode records = file.putArray("Records");
        if (!trail.settings().logging()) {
            return;
        }
        entries.stream()
                .filter(e -> TrailEvent.recipients(e).contains(trail.account()))
                .filter(e -> !e.isDataEvent() || selects(trail, e))
                .forEach(e -> records.add(TrailEvent.of(e, trail.account())));
        if (records.isEmpty()) {
            return;
        }
        String start = trail.prefix().isEmpty() ? "" : trail.prefix() + "/";
        String key = start + "AWSLogs/" + trail.account() + "/CloudTrail/" + trail.region() + "/"
                + TRAIL_DAY.format(scene.now()) + "/" + trail.account() + "_CloudTrail_" + trail.region() + "_"
                + TRAIL_NAME.format(scene.now()) + "_" + scene.requestId() + ".json.gz";
        put(
                service(trail),
                trail.bucket(),
                key,
                zipped(file.toString()),
                Map.of("content-type", "application/json", "content-encoding", "gzip"));
    }

    private static boolean selects(Trail trail, Entry entry) {
        return entry.addressed()
                .filter(a -> trail.dataEvents().stream()
                        .anyMatch(arn -> ("arn:aws:s3:::" + a.place().bucket().name() + "/" + a.key()).startsWith(arn)
                                || arn.equals("arn:aws:s3")))
                .isPresent();
    }

    private void put(Caller.Service service, String name, String key, byte[] data, Map<String, String> headers) {
        Bucket bucket = scene.state().buckets().get(name);
        if (bucket == null) {
            return;
        }
        if (mayPut(scene, service, bucket, key)) {
            bucket.objects().put(key, StoredObject.of(key, data, new TreeMap<>(headers), scene.now()));
        }
    }

    /** Whether the bucket's policy lets a trail put its files there. */
    public static boolean mayWrite(Scene scene, Trail trail) {
        Bucket bucket = scene.state().buckets().get(trail.bucket());
        String start = trail.prefix().isEmpty() ? "" : trail.prefix() + "/";
        return bucket != null && mayPut(scene, service(trail), bucket, start + "AWSLogs/" + trail.account() + "/any");
    }

    private static Caller.Service service(Trail trail) {
        return new Caller.Service("cloudtrail.amazonaws.com", trail.arn(), trail.account());
    }

    private static boolean mayPut(Scene scene, Caller.Service service, Bucket bucket, String key) {
        return new S3Access(scene)
                .decide(
                        service,
                        OwnSide.NONE,
                        "s3:PutObject",
                        new Place(bucket, Optional.empty()),
                        key,
                        RequestContext.empty()
                                .with("aws:SecureTransport", "true")
                                .with("s3:x-amz-acl", "bucket-owner-full-control"))
                .allowed();
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** All lines about a bucket, oldest first, whether or not it has logging. */
    public List<String> lines(String bucket) {
        return journal.entries().stream()
                .flatMap(e -> e.addressed().stream()
                        .filter(a -> a.place().bucket().name().equals(bucket))
                        .map(a -> AccessLogLine.of(e, a)))
                .collect(Collectors.toList());
    }

    /** All events that an account's trails could have, as a trail's file holds them. */
    public ObjectNode events(String account) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        ArrayNode records = file.putArray("Records");
        journal.entries().stream()
                .filter(e -> TrailEvent.recipients(e).contains(account))
                .forEach(e -> records.add(TrailEvent.of(e, account)));
        return file;
    }
}
