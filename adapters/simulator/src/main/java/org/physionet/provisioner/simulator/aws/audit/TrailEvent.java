package org.physionet.provisioner.simulator.aws.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.s3.Addressed;

/** A CloudTrail event (CloudTrail user guide, "CloudTrail record contents"; facts/aws.md A4.2), as one account receives it. */
final class TrailEvent {
    /** Where S3's events are not named like the API's operations. */
    private static final Map<String, String> NAMES = Map.of(
            "s3.GetPublicAccessBlock", "GetBucketPublicAccessBlock",
            "s3.PutPublicAccessBlock", "PutBucketPublicAccessBlock",
            "s3.DeletePublicAccessBlock", "DeleteBucketPublicAccessBlock",
            "s3control.GetPublicAccessBlock", "GetAccountPublicAccessBlock",
            "s3control.PutPublicAccessBlock", "PutAccountPublicAccessBlock",
            "s3control.DeletePublicAccessBlock", "DeleteAccountPublicAccessBlock",
            "s3.ListObjectsV2", "ListObjects");

    private TrailEvent() {}

    /** Who receives it: the caller's account and the owner's, even if the owner refused (facts/aws.md A4.2). */
    static Set<String> recipients(Entry entry) {
        Set<String> accounts = new LinkedHashSet<>();
        if (entry.call() != null) {
            if (entry.caller() instanceof Caller.Known known) {
                accounts.add(known.account());
            }
            accounts.add(entry.account());
        }
        return accounts;
    }

    static ObjectNode of(Entry entry, String recipient) {
        Set<String> recipients = recipients(entry);
        boolean data = entry.isDataEvent();
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("eventVersion", "1.09");
        event.set("userIdentity", TrailIdentity.of(entry, recipient));
        event.put("eventTime", entry.time().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("eventSource", (entry.service().startsWith("s3") ? "s3" : entry.service()) + ".amazonaws.com")
                .put("eventName", NAMES.getOrDefault(entry.method(), entry.action()))
                .put(
                        "awsRegion",
                        entry.call() == null ? "us-east-1" : entry.call().region())
                .put("sourceIPAddress", entry.remoteAddress())
                .put("userAgent", "[" + entry.userAgent() + "]");
        if (!entry.errorCode().isEmpty()) {
            event.put("errorCode", entry.errorCode()).put("errorMessage", entry.errorMessage());
        }
        event.set("requestParameters", TrailParameters.of(entry));
        event.putNull("responseElements");
        ObjectNode additional = event.putObject("additionalEventData");
        if (entry.signed()) {
            additional
                    .put("SignatureVersion", "SigV4")
                    .put("AuthenticationMethod", entry.presigned() ? "QueryString" : "AuthHeader");
        }
        additional
                .put("CipherSuite", "ECDHE-RSA-AES128-GCM-SHA256")
                .put("bytesTransferredIn", entry.request().body().length)
                .put("bytesTransferredOut", entry.bytesSent())
                .put("x-amz-id-2", "simulator");
        event.put("requestID", entry.requestId())
                .put("eventID", id(entry, recipient))
                .put("readOnly", entry.kind() == Kind.READ);
        resources(entry, event);
        event.put("eventType", "AwsApiCall").put("managementEvent", !data).put("recipientAccountId", recipient);
        if (recipients.size() > 1) {
            event.put("sharedEventID", id(entry, "shared"));
        }
        event.put("eventCategory", data ? "Data" : "Management");
        event.putObject("tlsDetails")
                .put("tlsVersion", "TLSv1.2")
                .put("cipherSuite", "ECDHE-RSA-AES128-GCM-SHA256")
                .put("clientProvidedHostHeader", entry.host());
        return event;
    }

    /** The same for the same event and recipient, however often it is delivered. */
    private static String id(Entry entry, String recipient) {
        String text = entry.requestId() + " " + entry.time() + " " + recipient;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static void resources(Entry entry, ObjectNode event) {
        if (entry.addressed().isPresent()) {
            Addressed addressed = entry.addressed().get();
            ArrayNode list = event.putArray("resources");
            String bucket = "arn:aws:s3:::" + addressed.place().bucket().name();
            if (!addressed.key().isEmpty()) {
                list.addObject().put("type", "AWS::S3::Object").put("ARN", bucket + "/" + addressed.key());
            }
            list.addObject()
                    .put("accountId", addressed.place().bucket().account())
                    .put("type", "AWS::S3::Bucket")
                    .put("ARN", bucket);
            addressed
                    .place()
                    .via()
                    .ifPresent(point -> list.addObject()
                            .put("accountId", point.account())
                            .put("type", "AWS::S3::AccessPoint")
                            .put("ARN", point.arn()));
        } else if (entry.service().equals("s3control") && entry.call() != null) {
            String prefix = "arn:aws:s3:" + entry.call().region() + ":" + entry.account();
            String point = TrailParameters.accessPoint(entry);
            boolean grants = entry.request().rawPath().contains("/accessgrantsinstance");
            if (!point.isEmpty() || grants) {
                event.putArray("resources")
                        .addObject()
                        .put("type", grants ? "AWS:S3::AccessGrantsInstance" : "AWS::S3::AccessPoint")
                        .put("ARN", prefix + (grants ? ":access-grants/default" : ":accesspoint/" + point))
                        .put("accountId", entry.account());
            }
        }
    }
}
