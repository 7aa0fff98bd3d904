package org.physionet.provisioner.audit.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Access.Action;
import org.physionet.provisioner.audit.access.Access.Log;
import org.physionet.provisioner.audit.access.Access.Who;

/** A CloudTrail event (facts/aws.md A4.2), read tolerantly: versions 1.03 to 1.09 are about. */
final class CloudTrailEvent {
    private static final Set<String> CHANGES = Set.of(
            "PutBucketPolicy",
            "DeleteBucketPolicy",
            "PutBucketAcl",
            "PutObjectAcl",
            "PutBucketPublicAccessBlock",
            "DeleteBucketPublicAccessBlock",
            "PutAccountPublicAccessBlock",
            "DeleteAccountPublicAccessBlock",
            "PutBucketOwnershipControls",
            "DeleteBucketOwnershipControls",
            "PutAccessPointPolicy",
            "DeleteAccessPointPolicy",
            "CreateAccessPoint",
            "DeleteAccessPoint",
            "CreateAccessGrant",
            "DeleteAccessGrant",
            "CreateAccessGrantsLocation",
            "UpdateAccessGrantsLocation",
            "DeleteAccessGrantsLocation",
            "DeleteAccessGrantsInstance",
            "PutAccessGrantsInstanceResourcePolicy",
            "DeleteAccessGrantsInstanceResourcePolicy");

    private CloudTrailEvent() {}

    /** @return empty: a file's own note, e.g. of a digest */
    static Optional<Access> parse(JsonNode event, String file, @Nullable Long line) throws Unreadable {
        String name = text(event, "eventName");
        String time = text(event, "eventTime");
        if (name == null || time == null) {
            if (event.has("digestStartTime")) {
                return Optional.empty();
            }
            throw new Unreadable("expected a CloudTrail event with eventName and eventTime");
        }
        String error = text(event, "errorCode");
        boolean denied = error != null && (error.contains("AccessDenied") || error.contains("Unauthorized"));
        boolean s3 = event.path("eventSource").asText().equals("s3.amazonaws.com");
        JsonNode parameters = event.path("requestParameters");
        Optional<String> logging = error == null ? LoggingSwitch.ofAmazon(event, name) : Optional.empty();
        Action action =
                logging.isPresent() ? Action.LOGGING : !s3 || error != null && !denied ? Action.OTHER : action(name);
        String bucket =
                text(parameters, "bucketName") == null ? text(parameters, "bucket") : text(parameters, "bucketName");
        String key = action == Action.LIST ? text(parameters, "prefix") : text(parameters, "key");
        if (key == null && name.contains("AccessPoint")) {
            key = "accesspoint/" + parameters.path("name").asText();
        }
        JsonNode sent = event.at("/additionalEventData/bytesTransferredOut");
        String method = text(event.path("additionalEventData"), "AuthenticationMethod");
        String id = text(event, "sharedEventID") == null ? text(event, "eventID") : text(event, "sharedEventID");
        Who who = who(event);
        return Optional.of(new Access(
                "aws",
                Log.CLOUDTRAIL,
                time(time),
                id == null ? time + " " + name + " " + event.path("requestID").asText() : id,
                text(event, "requestID"),
                who,
                principal(event.path("userIdentity"), who, action),
                bucket,
                key,
                action,
                name,
                error == null,
                sent.isNumber() ? (Long) sent.asLong() : null,
                text(event, "sourceIPAddress"),
                text(event, "userAgent"),
                accessPoint(event),
                method == null ? null : method.equals("QueryString") ? "query" : "header",
                logging.orElse(action == Action.POLICY ? name + " " + (key == null ? bucket : key) : null),
                file,
                line));
    }

    private static Action action(String name) {
        return switch (name) {
            case "GetObject", "HeadObject", "SelectObjectContent", "GetObjectTorrent" -> Action.READ;
            case "ListObjects", "ListObjectsV2", "ListObjectVersions" -> Action.LIST;
            case "PutObject", "CopyObject", "DeleteObject", "DeleteObjects", "UploadPart", "CompleteMultipartUpload" ->
                Action.WRITE;
            default -> CHANGES.contains(name) ? Action.POLICY : Action.OTHER;
        };
    }

    private static Who who(JsonNode event) {
        JsonNode identity = event.path("userIdentity");
        String account = identity.path("accountId").asText();
        String type = identity.path("type").asText();
        if (type.equals("AWSService") || identity.hasNonNull("invokedBy") && !identity.hasNonNull("principalId")) {
            return Who.SERVICE;
        }
        if (type.equals("Root")
                && account.equals(event.path("recipientAccountId").asText())) {
            return Who.OWNER;
        }
        boolean nobody = text(identity, "principalId") == null && text(identity, "arn") == null;
        return account.equalsIgnoreCase("anonymous") || nobody ? Who.ANONYMOUS : Who.NAMED;
    }

    /** Readers by unique id, which the owner of the data always sees; who changes policies by ARN where there is one. */
    private static @Nullable String principal(JsonNode identity, Who who, Action action) {
        if (who == Who.ANONYMOUS) {
            return null;
        }
        String arn = text(identity, "arn");
        String id = text(identity, "principalId");
        if (who == Who.SERVICE) {
            return text(identity, "invokedBy");
        }
        boolean change = action == Action.POLICY || action == Action.LOGGING;
        return change && arn != null || id == null ? arn : id;
    }

    private static @Nullable String accessPoint(JsonNode event) {
        for (JsonNode resource : event.path("resources")) {
            if (resource.path("type").asText().equals("AWS::S3::AccessPoint")) {
                return text(resource, "ARN");
            }
        }
        return null;
    }

    private static Instant time(String text) throws Unreadable {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Unreadable("expected an eventTime such as 2026-11-01T12:00:00Z, found " + text);
        }
    }

    private static @Nullable String text(JsonNode of, String name) {
        JsonNode value = of.path(name);
        return value.isTextual() && !value.asText().isEmpty() ? value.asText() : null;
    }
}
