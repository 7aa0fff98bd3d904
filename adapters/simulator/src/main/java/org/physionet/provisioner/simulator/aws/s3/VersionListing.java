package org.physionet.provisioner.simulator.aws.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.state.ObjectVersion;
import org.physionet.provisioner.simulator.aws.wire.Percent;
import org.physionet.provisioner.simulator.aws.wire.Query;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/** ListObjectVersions: keys in order, of each key the newest first. A page ends between two keys. */
final class VersionListing {
    private VersionListing() {}

    private record Listed(String key, List<ObjectVersion> versions) {}

    static Response list(S3Call call) {
        Query query = call.aws().query();
        Listings.require(call, "s3:ListBucketVersions", query);
        int max = Math.min(1000, query.number("max-keys").orElse(1000));
        String prefix = query.get("prefix").orElse("");
        String delimiter = query.get("delimiter").orElse("");
        String after = query.get("key-marker").orElse("");
        boolean encoded = query.get("encoding-type").filter("url"::equals).isPresent();
        Versions versions = Versions.of(call);
        TreeSet<String> keys = new TreeSet<>(call.place().bucket().objects().keySet());
        keys.addAll(call.place().bucket().versions().keySet());

        List<Listed> listed = new ArrayList<>();
        TreeSet<String> prefixes = new TreeSet<>();
        int count = 0;
        boolean truncated = false;
        String last = "";
        for (String key : keys.tailSet(prefix)) {
            int cut = delimiter.isEmpty() || !key.startsWith(prefix) ? -1 : key.indexOf(delimiter, prefix.length());
            String shown = cut < 0 ? key : key.substring(0, cut + delimiter.length());
            if (!key.startsWith(prefix) || shown.compareTo(after) <= 0 || prefixes.contains(shown)) {
                continue;
            }
            if (count >= max) {
                truncated = true;
                break;
            }
            if (cut < 0) {
                listed.add(new Listed(key, versions.of(key).reversed()));
                count += versions.of(key).size();
            } else {
                prefixes.add(shown);
                count++;
            }
            last = shown;
        }
        boolean more = truncated;
        String marker = last;
        return Response.xml(200, Xml.document("ListVersionsResult", BucketCalls.NAMESPACE, xml -> {
            xml.text("Name", call.place().bucket().name()).text("Prefix", key(prefix, encoded));
            xml.text("KeyMarker", key(after, encoded)).text("MaxKeys", max).text("IsTruncated", more);
            if (encoded) {
                xml.text("EncodingType", "url");
            }
            if (more) {
                xml.text("NextKeyMarker", key(marker, encoded));
            }
            listed.forEach(each -> each.versions()
                    .forEach(version -> xml.element(
                            version.isMarker() ? "DeleteMarker" : "Version", v -> version(v, each, version, encoded))));
            prefixes.forEach(p -> xml.element("CommonPrefixes", c -> c.text("Prefix", key(p, encoded))));
        }));
    }

    private static void version(Xml xml, Listed of, ObjectVersion version, boolean encoded) {
        xml.text("Key", key(of.key(), encoded))
                .text("VersionId", version.id())
                .text("IsLatest", version.id().equals(of.versions().getFirst().id()))
                .text("LastModified", version.at());
        version.object()
                .ifPresent(object -> xml.text("ETag", object.etag())
                        .text("Size", object.data().length)
                        .text("StorageClass", "STANDARD"));
    }

    private static String key(String key, boolean encoded) {
        return encoded ? Percent.encodePath(key) : key;
    }
}
