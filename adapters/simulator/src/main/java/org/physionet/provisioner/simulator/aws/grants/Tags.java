package org.physionet.provisioner.simulator.aws.grants;

import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.control.ControlCall;
import org.physionet.provisioner.simulator.aws.state.GrantsInstance;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** Tags of instances, locations and grants (S3 API reference, TagResource, UntagResource, ListTagsForResource). */
final class Tags {
    private static final int MOST = 50;

    private Tags() {}

    /** Those of a creating request. */
    static SortedMap<String, String> read(XmlBody body) {
        SortedMap<String, String> tags = new TreeMap<>();
        body.child("Tags")
                .ifPresent(list -> list.children("Tag").forEach(tag -> {
                    String key = tag.text("Key").orElse("");
                    String value = tag.text("Value").orElse("");
                    boolean valid = key.matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}")
                            && value.matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
                    if (!valid) {
                        throw new AwsException(
                                400, "InvalidTag", "This request contains a tag key or value that isn't valid.");
                    }
                    if (tags.put(key, value) != null) {
                        throw new AwsException(
                                400,
                                "InvalidTag",
                                "There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.");
                    }
                }));
        if (tags.size() > MOST) {
            throw new AwsException(
                    400,
                    "TooManyTags",
                    "The number of tags exceeds the limit of 50 tags. Remove some tags and try again.");
        }
        return tags;
    }

    static void put(GrantsInstance instance, String arn, SortedMap<String, String> tags) {
        if (!tags.isEmpty()) {
            instance.tags().computeIfAbsent(arn, _ -> new TreeMap<>()).putAll(tags);
        }
    }

    static Response list(GrantsCall call, String arn) {
        call.require("s3:ListTagsForResource", arn);
        SortedMap<String, String> tags = known(call, arn).tags().getOrDefault(arn, new TreeMap<>());
        return ControlCall.answer(
                "ListTagsForResourceResult",
                xml -> xml.element(
                        "Tags",
                        all -> tags.forEach((key, value) ->
                                all.element("Tag", tag -> tag.text("Key", key).text("Value", value)))));
    }

    static Response add(GrantsCall call, String arn) {
        call.require("s3:TagResource", arn);
        put(known(call, arn), arn, read(XmlBody.parse(call.aws().payload())));
        return Response.empty(204);
    }

    static Response remove(GrantsCall call, String arn) {
        call.require("s3:UntagResource", arn);
        SortedMap<String, String> tags = known(call, arn).tags().getOrDefault(arn, new TreeMap<>());
        call.aws().query().parameters().stream()
                .filter(p -> p.name().equals("tagKeys"))
                .forEach(p -> tags.remove(p.value()));
        return Response.empty(204);
    }

    /** Access points have tags too in the newest API; here they have none, and only Access Grants' ARNs are known. */
    private static GrantsInstance known(GrantsCall call, String arn) {
        GrantsInstance instance = call.instance();
        boolean exists = arn.equals(instance.arn())
                || instance.locations().values().stream()
                        .anyMatch(l -> instance.arn(l).equals(arn))
                || instance.grants().containsKey(arn.substring(arn.lastIndexOf('/') + 1));
        if (!exists) {
            throw new AwsException(404, "NoSuchResource", "The specified resource does not exist");
        }
        return instance;
    }
}
