package org.physionet.provisioner.simulator.aws.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.state.ObjectVersion;
import org.physionet.provisioner.simulator.aws.state.Retention;
import org.physionet.provisioner.simulator.aws.state.StoredObject;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** What a bucket with versioning keeps of earlier writes (S3 user guide, "How S3 Versioning works"); in others a write replaces. */
record Versions(Scene scene, Bucket bucket) {
    static Versions of(S3Call call) {
        return new Versions(call.scene(), call.place().bucket());
    }

    static boolean areKept(Bucket bucket) {
        return Optional.ofNullable(bucket.configurations().get(BucketConfiguration.VERSIONING.parameter))
                .map(xml -> XmlBody.parse(xml.getBytes(StandardCharsets.UTF_8)))
                .flatMap(xml -> xml.text("Status"))
                .filter("Enabled"::equals)
                .isPresent();
    }

    /** Oldest first; an object from before versioning is one. */
    List<ObjectVersion> of(String key) {
        List<ObjectVersion> kept = bucket.versions().get(key);
        StoredObject only = bucket.objects().get(key);
        if (kept == null) {
            return only == null
                    ? List.of()
                    : List.of(new ObjectVersion(
                            ObjectVersion.FROM_BEFORE, Optional.of(only), only.modifiedAt(), Optional.empty()));
        }
        return kept;
    }

    /** @return headers that tell of it */
    Map<String, String> store(StoredObject object, Optional<Retention> retention) {
        Map<String, String> headers =
                areKept(bucket) ? headers(append(object.key(), Optional.of(object), retention)) : new TreeMap<>();
        bucket.objects().put(object.key(), object);
        return headers;
    }

    /** Takes the key away: behind a marker where versions are kept. @return headers that tell of it */
    Map<String, String> hide(String key) {
        Map<String, String> headers = new TreeMap<>();
        if (areKept(bucket)) {
            ObjectVersion marker = append(key, Optional.empty(), Optional.empty());
            headers.put("x-amz-delete-marker", "true");
            headers.put("x-amz-version-id", marker.id());
        }
        bucket.objects().remove(key);
        return headers;
    }

    /** Takes one version away for ever; what stood before it is then seen again. */
    void remove(String key, ObjectVersion version) {
        List<ObjectVersion> left = new ArrayList<>(of(key));
        left.remove(version);
        if (left.isEmpty()) {
            bucket.versions().remove(key);
        } else {
            bucket.versions().put(key, left);
        }
        Optional<StoredObject> current =
                left.isEmpty() ? Optional.empty() : left.getLast().object();
        current.ifPresentOrElse(
                object -> bucket.objects().put(key, object),
                () -> bucket.objects().remove(key));
    }

    /** @throws AwsException 404 if there is none */
    ObjectVersion find(String key, String id) {
        return of(key).stream()
                .filter(version -> version.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AwsException(404, "NoSuchVersion", "The specified version does not exist.")
                        .with("Key", key)
                        .with("VersionId", id));
    }

    private ObjectVersion append(String key, Optional<StoredObject> object, Optional<Retention> retention) {
        List<ObjectVersion> all = new ArrayList<>(of(key));
        ObjectVersion version =
                new ObjectVersion(Naming.requestId(scene.world().random()), object, scene.now(), retention);
        all.add(version);
        bucket.versions().put(key, all);
        return version;
    }

    static Map<String, String> headers(ObjectVersion version) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("x-amz-version-id", version.id());
        version.retention().ifPresent(retention -> {
            headers.put("x-amz-object-lock-mode", retention.mode().name());
            headers.put("x-amz-object-lock-retain-until-date", retention.until().toString());
        });
        return headers;
    }
}
