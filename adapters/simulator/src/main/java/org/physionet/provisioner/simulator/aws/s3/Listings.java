package org.physionet.provisioner.simulator.aws.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.state.StoredObject;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Percent;
import org.physionet.provisioner.simulator.aws.wire.Query;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/** ListObjects and ListObjectsV2, with prefix, delimiter and paging (S3 API reference). */
final class Listings {
    /** What a page holds: objects and common prefixes together count against the maximum. */
    private record Page(List<StoredObject> objects, List<String> prefixes, String last, boolean truncated) {}

    Response first(S3Call call) {
        return list(call, "marker");
    }

    Response second(S3Call call) {
        return list(call, "continuation-token");
    }

    private static Response list(S3Call call, String marker) {
        Query query = call.aws().query();
        require(call, "s3:ListBucket", query);
        int max = Math.min(1000, query.number("max-keys").orElse(1000));
        boolean second = marker.equals("continuation-token");
        Optional<String> token = query.get(marker).filter(t -> !t.isEmpty());
        String after = second
                ? token.map(Listings::decode).orElse(query.get("start-after").orElse(""))
                : token.orElse("");
        String prefix = query.get("prefix").orElse("");
        String delimiter = query.get("delimiter").orElse("");
        Page page = page(call, prefix, delimiter, after, max);
        boolean encoded = query.get("encoding-type").filter("url"::equals).isPresent();
        return Response.xml(200, Xml.document("ListBucketResult", BucketCalls.NAMESPACE, xml -> {
            xml.text("Name", call.place().bucket().name()).text("Prefix", key(prefix, encoded));
            if (!delimiter.isEmpty()) {
                xml.text("Delimiter", key(delimiter, encoded));
            }
            xml.text("MaxKeys", max).text("IsTruncated", page.truncated());
            if (encoded) {
                xml.text("EncodingType", "url");
            }
            if (second) {
                xml.text("KeyCount", page.objects().size() + page.prefixes().size());
            }
            if (page.truncated()) {
                String next = second ? encode(page.last()) : key(page.last(), encoded);
                xml.text(second ? "NextContinuationToken" : "NextMarker", next);
            }
            page.objects()
                    .forEach(o -> xml.element(
                            "Contents",
                            c -> c.text("Key", key(o.key(), encoded))
                                    .text("LastModified", o.modifiedAt())
                                    .text("ETag", o.etag())
                                    .text("Size", o.data().length)
                                    .text("StorageClass", "STANDARD")));
            page.prefixes().forEach(p -> xml.element("CommonPrefixes", c -> c.text("Prefix", key(p, encoded))));
        }));
    }

    static void require(S3Call call, String action, Query query) {
        RequestContext context = RequestContext.empty();
        for (String name : List.of("prefix", "delimiter", "max-keys")) {
            Optional<String> value = query.get(name);
            if (value.isPresent()) {
                context = context.with("s3:" + name, value.get());
            }
        }
        AccessDecision decision = call.decide(action, null, context);
        if (!decision.allowed()) {
            throw call.denied(action, decision);
        }
    }

    private static Page page(S3Call call, String prefix, String delimiter, String after, int max) {
        List<StoredObject> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String last = "";
        for (StoredObject object :
                call.place().bucket().objects().tailMap(prefix).values()) {
            if (!object.key().startsWith(prefix)) {
                break;
            }
            int cut = delimiter.isEmpty() ? -1 : object.key().indexOf(delimiter, prefix.length());
            String shown = cut < 0 ? object.key() : object.key().substring(0, cut + delimiter.length());
            if (shown.compareTo(after) <= 0 || (cut >= 0 && shown.equals(last))) {
                continue;
            }
            if (objects.size() + prefixes.size() >= max) {
                return new Page(objects, prefixes, last, max > 0);
            }
            if (cut < 0) {
                objects.add(object);
            } else {
                prefixes.add(shown);
            }
            last = shown;
        }
        return new Page(objects, prefixes, last, false);
    }

    private static String key(String key, boolean encoded) {
        return encoded ? Percent.encodePath(key) : key;
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AwsException(400, "InvalidArgument", "The continuation token provided is incorrect");
        }
    }
}
