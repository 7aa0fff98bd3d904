package org.physionet.provisioner.simulator.aws.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The versions of a bucket's objects in the state, oldest first: {@code [{"key","id","at","object","retention":{"mode","until"}}]}. */
final class VersionState {
    private VersionState() {}

    static void write(Bucket bucket, ObjectNode json) {
        if (bucket.versions().isEmpty()) {
            return;
        }
        ArrayNode all = json.putArray("versions");
        bucket.versions()
                .forEach((key, versions) -> versions.forEach(version -> {
                    ObjectNode one = all.addObject()
                            .put("key", key)
                            .put("id", version.id())
                            .put("at", version.at().toString());
                    version.object().ifPresent(object -> {
                        ObjectNode content = one.putObject("object");
                        StateWriter.putData(content, object.data());
                        StateWriter.putTexts(content, "headers", new TreeMap<>(object.headers()));
                    });
                    version.retention()
                            .ifPresent(retention -> one.putObject("retention")
                                    .put("mode", retention.mode().name())
                                    .put("until", retention.until().toString()));
                }));
    }

    static void read(Bucket bucket, Fields fields, Instant now) {
        for (Fields one : fields.list("versions")) {
            String key = one.text("key");
            Instant at = one.instant("at").orElse(now);
            Optional<StoredObject> object = one.fields("object").map(content -> {
                StoredObject read = StateReader.object(key, content, content.textsByName("headers"), at);
                content.done();
                return read;
            });
            Optional<Retention> retention = one.fields("retention").map(VersionState::retention);
            bucket.versions()
                    .computeIfAbsent(key, _ -> new ArrayList<>())
                    .add(new ObjectVersion(one.text("id"), object, at, retention));
            one.done();
        }
    }

    private static Retention retention(Fields fields) {
        String mode = fields.text("mode");
        List<String> modes =
                Arrays.stream(Retention.Mode.values()).map(Enum::name).toList();
        if (!modes.contains(mode)) {
            throw fields.wrong("mode", String.join(" or ", modes), mode);
        }
        Retention retention = new Retention(
                Retention.Mode.valueOf(mode), fields.instant("until").orElseThrow());
        fields.done();
        return retention;
    }
}
