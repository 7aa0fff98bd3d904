package org.physionet.provisioner.audit.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Access.Action;
import org.physionet.provisioner.audit.access.Access.Log;
import org.physionet.provisioner.audit.access.Access.Who;

/** An entry of Google's Cloud Logging (facts/gcp.md 4): Cloud Storage, BigQuery, policies of projects, groups of Workspace. */
final class CloudLoggingEntry {
    private static final Pattern OBJECT =
            Pattern.compile("projects/_/buckets/([^/]+)(?:/objects/(.+))?", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("projects/([^/]+)/datasets/([^/]+)(?:/tables/(.+))?");
    private static final String GROUPS = "google.admin.AdminService.";

    private CloudLoggingEntry() {}

    /** Where and what; everything else is common to all services. */
    private record What(
            @Nullable String bucket,
            @Nullable String key,
            Action action,
            @Nullable String detail) {}

    /** @return empty: an entry that is about no access, e.g. of a program's own log */
    static Optional<Access> parse(JsonNode entry, String file, @Nullable Long line) throws Unreadable {
        String timestamp = text(entry, "timestamp");
        if (timestamp == null || !entry.hasNonNull("logName")) {
            throw new Unreadable("expected a Cloud Logging entry with logName and timestamp");
        }
        JsonNode payload = entry.path("protoPayload");
        String method = text(payload, "methodName");
        if (method == null) {
            return Optional.empty();
        }
        What what = what(entry, payload, method);
        int status = payload.at("/status/code").asInt(0);
        JsonNode granted = payload.at("/authorizationInfo/0/granted");
        boolean denied = status == 7 || status == 16 || granted.isBoolean() && !granted.asBoolean() && status == 0;
        JsonNode authentication = payload.path("authenticationInfo");
        String principal = principal(authentication);
        boolean storage = payload.path("serviceName").asText().startsWith("storage.");
        return Optional.of(new Access(
                "gcp",
                Log.CLOUD_AUDIT,
                time(timestamp),
                // To the microsecond, which is all that a sink's table keeps of it: the same entry from there is the
                // same.
                entry.path("logName").asText() + " " + time(timestamp) + " "
                        + entry.path("insertId").asText(),
                null,
                who(principal, storage && !denied),
                principal,
                what.bucket(),
                what.key(),
                // What failed otherwise than by a refusal is neither an access nor a denied one.
                status != 0 && !denied ? Action.OTHER : what.action(),
                method,
                status == 0 && !denied,
                null,
                text(payload.path("requestMetadata"), "callerIp"),
                text(payload.path("requestMetadata"), "callerSuppliedUserAgent"),
                null,
                authentication.has("serviceAccountDelegationInfo") ? "delegated" : null,
                what.detail(),
                file,
                line));
    }

    private static @Nullable String principal(JsonNode authentication) {
        String email = text(authentication, "principalEmail");
        if (email != null) {
            return (isRobot(email) ? "serviceAccount:" : "user:") + email;
        }
        String subject = text(authentication, "principalSubject");
        return subject == null || subject.equals("user:") ? null : subject;
    }

    private static boolean isRobot(String email) {
        return email.endsWith("gserviceaccount.com");
    }

    /** A read of Cloud Storage that succeeded always names its reader if there was one; others may be redacted. */
    private static Who who(@Nullable String principal, boolean neverRedacted) {
        if (principal == null) {
            return neverRedacted ? Who.ANONYMOUS : Who.REDACTED;
        }
        return principal.startsWith("serviceAccount:") ? Who.SERVICE : Who.NAMED;
    }

    private static What what(JsonNode entry, JsonNode payload, String method) {
        String name = payload.path("resourceName").asText();
        Matcher object = OBJECT.matcher(name);
        if (object.matches()) {
            return new What(object.group(1), object.group(2), storageAction(method), deltas(payload));
        }
        String type = entry.at("/resource/type").asText();
        if (type.startsWith("bigquery_dataset")) {
            return bigQuery(payload, name);
        }
        if (method.startsWith(GROUPS)) {
            return group(payload, method.substring(GROUPS.length()));
        }
        Optional<String> logging = LoggingSwitch.ofGoogle(payload, method);
        if (logging.isPresent()) {
            String changes = deltas(payload);
            return new What(
                    null,
                    name.isEmpty() ? null : name,
                    changes == null ? Action.LOGGING : Action.POLICY,
                    logging.get() + (changes == null ? "" : "; " + changes));
        }
        if (method.endsWith("SetIamPolicy") && !name.isEmpty()) {
            return new What(null, name, Action.POLICY, deltas(payload));
        }
        return new What(null, name.isEmpty() ? null : name, Action.OTHER, null);
    }

    private static Action storageAction(String method) {
        return switch (method) {
            case "storage.objects.get" -> Action.READ;
            case "storage.objects.list" -> Action.LIST;
            case "storage.objects.create", "storage.objects.delete", "storage.objects.update" -> Action.WRITE;
            case "storage.setIamPermissions", "storage.buckets.setIamPolicy", "storage.objects.setIamPolicy" ->
                Action.POLICY;
            default -> Action.OTHER;
        };
    }

    private static What bigQuery(JsonNode payload, String name) {
        Matcher table = TABLE.matcher(name);
        String dataset = table.matches() ? table.group(1) + "." + table.group(2) : null;
        String key = table.matches() ? table.group(3) : null;
        JsonNode metadata = payload.path("metadata");
        if (metadata.has("tableDataRead")) {
            return new What(dataset, key, Action.READ, text(metadata.path("tableDataRead"), "jobName"));
        }
        // An update does not always show its list, so every one counts as a change of access.
        if (metadata.has("datasetChange") || metadata.has("rowAccessPolicyChange")) {
            return new What(dataset, key, Action.POLICY, deltas(metadata.path("datasetChange")));
        }
        return new What(dataset, key, Action.OTHER, null);
    }

    private static What group(JsonNode payload, String method) {
        String group = "";
        String user = null;
        for (JsonNode event : payload.at("/metadata/event")) {
            for (JsonNode parameter : event.path("parameter")) {
                switch (parameter.path("name").asText()) {
                    case "GROUP_EMAIL" -> group = parameter.path("value").asText();
                    case "USER_EMAIL" -> user = parameter.path("value").asText();
                    default -> {
                        // Old and new values of settings say nothing of who is in.
                    }
                }
            }
        }
        boolean changes = switch (method) {
            case "addGroupMember", "removeGroupMember", "updateGroupMember", "changeGroupSetting", "deleteGroup" ->
                true;
            default -> false;
        };
        return new What(
                null,
                "group:" + group,
                changes ? Action.POLICY : Action.OTHER,
                user == null ? method : method + " " + user);
    }

    private static @Nullable String deltas(JsonNode of) {
        JsonNode list =
                of.has("bindingDeltas") ? of.path("bindingDeltas") : of.at("/serviceData/policyDelta/bindingDeltas");
        List<String> told = new ArrayList<>();
        for (JsonNode delta : list) {
            told.add(delta.path("action").asText() + " " + delta.path("role").asText() + " "
                    + delta.path("member").asText());
        }
        return told.isEmpty() ? null : String.join(", ", told);
    }

    private static Instant time(String text) throws Unreadable {
        try {
            return Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new Unreadable("expected a timestamp such as 2026-11-01T12:00:00Z, found " + text);
        }
    }

    private static @Nullable String text(JsonNode of, String name) {
        JsonNode value = of.path(name);
        return value.isTextual() && !value.asText().isEmpty() ? value.asText() : null;
    }
}
