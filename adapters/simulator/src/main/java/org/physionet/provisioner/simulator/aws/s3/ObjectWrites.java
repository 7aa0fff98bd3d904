package org.physionet.provisioner.simulator.aws.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.state.StoredObject;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Percent;
import org.physionet.provisioner.simulator.aws.wire.Xml;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** PutObject, CopyObject, DeleteObject, DeleteObjects. */
final class ObjectWrites {
    private static final Set<String> KEPT = Set.of(
            "content-type", "content-encoding", "content-disposition", "content-language", "cache-control", "expires");

    private final Scene scene;

    ObjectWrites(Scene scene) {
        this.scene = scene;
    }

    Response put(S3Call call) {
        call.require("s3:PutObject");
        Map<String, StoredObject> objects = call.place().bucket().objects();
        StoredObject old = objects.get(call.key());
        Optional<String> noneMatch = call.aws().header("if-none-match");
        Optional<String> match = call.aws().header("if-match");
        boolean unmet = (noneMatch.isPresent() && old != null && ObjectReads.lists(noneMatch.get(), old.etag()))
                || (match.isPresent() && (old == null || !ObjectReads.lists(match.get(), old.etag())));
        if (unmet) {
            throw new AwsException(
                    412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }
        Map<String, String> headers = headers(call);
        headers.putAll(encrypted(call));
        StoredObject object = StoredObject.of(call.key(), call.aws().payload(), headers, scene.now());
        objects.put(call.key(), object);
        Map<String, String> answer = new TreeMap<>(Map.of("x-amz-server-side-encryption", "AES256"));
        answer.putAll(encrypted(call));
        answer.put("ETag", object.etag());
        return new Response(200, answer, new byte[0]);
    }

    /** @throws AwsException 403 if the writer may not use the key */
    private Map<String, String> encrypted(S3Call call) {
        Optional<Encryption> encryption = Encryption.ofWrite(call);
        if (encryption.isEmpty()) {
            return Map.of();
        }
        AccessDecision decision = encryption
                .get()
                .decide(
                        scene,
                        call.aws().caller(),
                        call.aws().own(),
                        "kms:GenerateDataKey",
                        call.place().bucket(),
                        call.key(),
                        Authorization.context(call.aws(), scene));
        if (!decision.allowed()) {
            throw call.denied("kms:GenerateDataKey", decision);
        }
        return encryption.get().headers();
    }

    Response copy(S3Call call) {
        call.require("s3:PutObject");
        String source = Percent.decode(call.aws().header("x-amz-copy-source").orElseThrow());
        org.physionet.provisioner.simulator.Request from = new org.physionet.provisioner.simulator.Request(
                "GET",
                "127.0.0.1",
                "/" + Percent.encodePath(source.startsWith("/") ? source.substring(1) : source),
                "",
                Map.of(),
                new byte[0]);
        Address address = Address.of(from);
        Place place = Place.of(
                address.container()
                        .orElseThrow(() -> new AwsException(400, "InvalidArgument", "Copy source must name a bucket")),
                call.aws().region(),
                scene.state());
        StoredObject original = ObjectReads.find(new S3Call(call.aws(), scene, place, address.key()));
        Map<String, String> headers = new TreeMap<>(original.headers());
        headers.keySet().removeIf(name -> name.startsWith("x-amz-server-side-encryption"));
        headers.putAll(encrypted(call));
        StoredObject copy = StoredObject.of(call.key(), original.data(), headers, scene.now());
        call.place().bucket().objects().put(call.key(), copy);
        return Response.xml(
                200,
                Xml.document(
                        "CopyObjectResult",
                        BucketCalls.NAMESPACE,
                        xml -> xml.text("ETag", copy.etag()).text("LastModified", copy.modifiedAt())));
    }

    /** Succeeds whether the key is there or not. */
    Response delete(S3Call call) {
        call.require("s3:DeleteObject");
        call.place().bucket().objects().remove(call.key());
        return Response.empty(204);
    }

    Response deleteSeveral(S3Call call) {
        XmlBody body = XmlBody.parse(call.aws().payload());
        boolean quiet = body.text("Quiet").map(Boolean::parseBoolean).orElse(false);
        List<String> keys = new ArrayList<>();
        body.children("Object").forEach(o -> o.text("Key").ifPresent(keys::add));
        if (keys.isEmpty() || keys.size() > 1000) {
            throw new AwsException(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        return Response.xml(200, Xml.document("DeleteResult", BucketCalls.NAMESPACE, xml -> {
            for (String key : keys) {
                AccessDecision decision = call.decide("s3:DeleteObject", key, RequestContext.empty());
                if (decision.allowed()) {
                    call.place().bucket().objects().remove(key);
                    if (!quiet) {
                        xml.element("Deleted", d -> d.text("Key", key));
                    }
                } else {
                    xml.element(
                            "Error",
                            e -> e.text("Key", key).text("Code", "AccessDenied").text("Message", decision.because()));
                }
            }
        }));
    }

    /** Those that a read gives back; {@code aws-chunked} is of the transfer and not of the object. */
    private static Map<String, String> headers(S3Call call) {
        Map<String, String> kept = new TreeMap<>();
        call.aws().request().headers().forEach((name, values) -> {
            if ((KEPT.contains(name) || name.startsWith("x-amz-meta-")) && !values.isEmpty()) {
                String value = values.getFirst().replaceFirst("^aws-chunked,?\\s*", "");
                if (!value.isEmpty()) {
                    kept.put(name, value);
                }
            }
        });
        return kept;
    }
}
