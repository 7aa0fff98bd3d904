package org.physionet.provisioner.simulator.aws.s3;

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
import org.physionet.provisioner.simulator.aws.state.ObjectVersion;
import org.physionet.provisioner.simulator.aws.state.Retention;
import org.physionet.provisioner.simulator.aws.state.StoredObject;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Headers;
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
        Optional<String> noneMatch = call.aws().header("if-none-match");
        Optional<String> match = call.aws().header("if-match");
        requireWrite(call, noneMatch, match);
        StoredObject old = call.place().bucket().objects().get(call.key());
        boolean unmet = (noneMatch.isPresent() && old != null && ObjectReads.lists(noneMatch.get(), old.etag()))
                || (match.isPresent() && (old == null || !ObjectReads.lists(match.get(), old.etag())));
        if (unmet) {
            throw new AwsException(
                    412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }
        Optional<Retention> retention = ObjectLock.ofWrite(call);
        ObjectLock.checkSums(call);
        Map<String, String> headers = headers(call);
        headers.putAll(encrypted(call));
        StoredObject object = StoredObject.of(call.key(), call.aws().payload(), headers, scene.now());
        Map<String, String> answer = new TreeMap<>(Map.of("x-amz-server-side-encryption", "AES256"));
        answer.putAll(Versions.of(call).store(object, retention));
        answer.putAll(encrypted(call));
        answer.put("ETag", object.etag());
        return new Response(200, answer, new byte[0]);
    }

    /** With the conditions of the write as policies can ask for them (S3 user guide, "Enforce conditional writes on buckets"). */
    private static void requireWrite(S3Call call, Optional<String> noneMatch, Optional<String> match) {
        RequestContext conditions = RequestContext.empty();
        if (noneMatch.isPresent()) {
            conditions = conditions.with("s3:if-none-match", noneMatch.get());
        }
        if (match.isPresent()) {
            conditions = conditions.with("s3:if-match", match.get());
        }
        AccessDecision decision = call.decide("s3:PutObject", call.key(), conditions);
        if (!decision.allowed()) {
            throw call.denied("s3:PutObject", decision);
        }
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
        Optional<Retention> retention = ObjectLock.ofWrite(call);
        Map<String, String> version = Versions.of(call).store(copy, retention);
        return Headers.add(
                Response.xml(
                        200,
                        Xml.document(
                                "CopyObjectResult",
                                BucketCalls.NAMESPACE,
                                xml -> xml.text("ETag", copy.etag()).text("LastModified", copy.modifiedAt()))),
                version);
    }

    /** Succeeds whether the key is there or not. */
    Response delete(S3Call call) {
        return new Response(204, delete(call, call.key(), call.aws().query().get("versionId")), new byte[0]);
    }

    /** @return headers that tell of it; @throws AwsException 403, or 404 for a version that is not there */
    private static Map<String, String> delete(S3Call call, String key, Optional<String> version) {
        String action = version.isPresent() ? "s3:DeleteObjectVersion" : "s3:DeleteObject";
        AccessDecision decision = call.decide(action, key, RequestContext.empty());
        if (!decision.allowed()) {
            throw call.denied(action, decision);
        }
        Versions versions = Versions.of(call);
        if (version.isEmpty()) {
            return versions.hide(key);
        }
        ObjectVersion found = versions.find(key, version.get());
        ObjectLock.requireFree(call, key, found);
        versions.remove(key, found);
        return Map.of("x-amz-version-id", version.get());
    }

    Response deleteSeveral(S3Call call) {
        XmlBody body = XmlBody.parse(call.aws().payload());
        boolean quiet = body.text("Quiet").map(Boolean::parseBoolean).orElse(false);
        List<XmlBody> wanted = body.children("Object");
        if (wanted.isEmpty() || wanted.size() > 1000) {
            throw new AwsException(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        return Response.xml(200, Xml.document("DeleteResult", BucketCalls.NAMESPACE, xml -> {
            for (XmlBody object : wanted) {
                String key = object.text("Key").orElse("");
                Optional<String> version = object.text("VersionId");
                try {
                    delete(call, key, version);
                    if (!quiet) {
                        xml.element("Deleted", d -> named(d, key, version));
                    }
                } catch (AwsException refusal) {
                    xml.element(
                            "Error",
                            e -> named(e, key, version)
                                    .text("Code", refusal.code())
                                    .text("Message", String.valueOf(refusal.getMessage())));
                }
            }
        }));
    }

    private static Xml named(Xml xml, String key, Optional<String> version) {
        xml.text("Key", key);
        version.ifPresent(id -> xml.text("VersionId", id));
        return xml;
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
