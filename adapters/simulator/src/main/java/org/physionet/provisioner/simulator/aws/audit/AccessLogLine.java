package org.physionet.provisioner.simulator.aws.audit;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.s3.Addressed;
import org.physionet.provisioner.simulator.aws.state.AccessPoint;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.Naming;
import org.physionet.provisioner.simulator.aws.wire.Percent;

/**
 * A line of an S3 server access log (S3 user guide, "Amazon S3 server access log format"; facts/aws.md A4.1): 26 fields and the newest
 * one, the source region. Referer and user agent stand as the client sent them, quotes and all. The two times are not measured: 1 ms.
 */
final class AccessLogLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Sub-resources whose name in an operation is not their parameter in upper case. */
    private static final Map<String, String> RESOURCES = Map.ofEntries(
            Map.entry("policy", "BUCKETPOLICY"),
            Map.entry("policyStatus", "BUCKETPOLICYSTATUS"),
            Map.entry("publicAccessBlock", "PUBLIC_ACCESS_BLOCK"),
            Map.entry("logging", "LOGGING_STATUS"),
            Map.entry("ownershipControls", "OWNERSHIP_CONTROLS"),
            Map.entry("object-lock", "OBJECT_LOCK_CONFIGURATION"),
            Map.entry("requestPayment", "REQUEST_PAYMENT"),
            Map.entry("versions", "BUCKETVERSIONS"),
            Map.entry("delete", "MULTI_OBJECT_DELETE"),
            Map.entry("versioning", "VERSIONING"),
            Map.entry("tagging", "TAGGING"),
            Map.entry("encryption", "ENCRYPTION"),
            Map.entry("lifecycle", "LIFECYCLE"),
            Map.entry("cors", "CORS"),
            Map.entry("website", "WEBSITE"),
            Map.entry("accelerate", "ACCELERATE"),
            Map.entry("notification", "NOTIFICATION"),
            Map.entry("replication", "REPLICATION"),
            Map.entry("location", "LOCATION"),
            Map.entry("acl", "ACL"));

    private AccessLogLine() {}

    static String of(Entry entry, Addressed addressed) {
        Bucket bucket = addressed.place().bucket();
        String uri = entry.request().rawPath()
                + (entry.request().rawQuery().isEmpty()
                        ? ""
                        : "?" + entry.request().rawQuery());
        return List.of(
                        Naming.canonicalId(bucket.account()),
                        bucket.name(),
                        "[" + TIME.format(entry.time()) + "]",
                        entry.remoteAddress(),
                        requester(entry.caller()),
                        entry.requestId(),
                        operation(entry, addressed),
                        addressed.key().isEmpty() ? "-" : Percent.encodePath(addressed.key()),
                        "\"" + entry.request().method() + " " + uri + " HTTP/1.1\"",
                        String.valueOf(entry.status()),
                        entry.errorCode().isEmpty() ? "-" : entry.errorCode(),
                        entry.bytesSent() == 0 ? "-" : String.valueOf(entry.bytesSent()),
                        entry.objectSize().isPresent()
                                ? String.valueOf(entry.objectSize().getAsLong())
                                : "-",
                        "1",
                        "1",
                        "\"" + entry.request().header("referer").orElse("-") + "\"",
                        "\"" + entry.userAgent() + "\"",
                        entry.query().get("versionId").orElse("-"),
                        "simulator",
                        entry.signed() ? "SigV4" : "-",
                        "ECDHE-RSA-AES128-GCM-SHA256",
                        entry.presigned() ? "QueryString" : entry.signed() ? "AuthHeader" : "-",
                        entry.host(),
                        "TLSv1.2",
                        addressed.place().via().map(AccessPoint::arn).orElse("-"),
                        "-",
                        "-")
                .stream()
                .collect(Collectors.joining(" "));
    }

    /** By ARN, so that a log joins on it and not on the unique id; the root is shown by its account's canonical id. */
    private static String requester(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> "-";
            case Caller.Service service -> "svc:" + service.name();
            case Caller.Known known ->
                known.kind() == Caller.Kind.ROOT ? Naming.canonicalId(known.account()) : known.sessionArn();
        };
    }

    private static String operation(Entry entry, Addressed addressed) {
        String verb =
                entry.action().equals("CopyObject") ? "COPY" : entry.request().method();
        String whole = addressed.key().isEmpty() ? "BUCKET" : "OBJECT";
        String resource = entry.query().parameters().stream()
                .flatMap(p -> java.util.Optional.ofNullable(RESOURCES.get(p.name())).stream())
                .findFirst()
                .map(name -> addressed.key().isEmpty() ? name : "OBJECT_" + name)
                .orElse(whole);
        return "REST." + verb + "." + resource;
    }
}
