package org.physionet.provisioner.audit.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Access.Action;
import org.physionet.provisioner.audit.access.Access.Log;
import org.physionet.provisioner.audit.access.Access.Who;

/**
 * A line of an S3 server access log (facts/aws.md A4.1). Referer and user agent are whatever the caller sent, quotes and
 * all; everything before them can hold no space where a field ends, and nothing after them holds a quote, so the line is
 * read from both ends. Fields that AWS appends are ignored.
 */
final class S3AccessLine {
    private static final Pattern FORM =
            Pattern.compile("(\\S+) (\\S+) \\[([^\\]]+)] (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) "
                    + "\"(-|[A-Za-z]+ \\S+(?: HTTP/[0-9.]+)?)\" (\\d{3}|-) (\\S+) (\\d+|-) (\\d+|-) (\\d+|-) (\\d+|-) "
                    + "\"(.*)\" (\\S+) ([^\"]*)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);
    private static final Pattern PREFIX = Pattern.compile("[?&]prefix=([^& ]*)");
    private static final Pattern CANONICAL = Pattern.compile("[0-9a-f]{64}");

    private S3AccessLine() {}

    static Access parse(String text, String file, @Nullable Long line) throws Unreadable {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new Unreadable("expected the fields of an S3 server access log");
        }
        // Host id, signature version, cipher suite, authentication type, host, TLS version, access point, …
        String[] tail = m.group(18).split(" ", -1);
        String operation = m.group(7);
        int status = m.group(10).equals("-") ? 0 : Integer.parseInt(m.group(10));
        String agents = m.group(16);
        int between = agents.indexOf("\" \"");
        return new Access(
                "aws",
                Log.S3_ACCESS,
                time(m.group(3)),
                id(m.group(6), operation, m.group(8)),
                m.group(6),
                who(m.group(5), m.group(1)),
                none(m.group(5)),
                m.group(2),
                key(m.group(8), m.group(9), operation),
                action(operation, status),
                operation,
                status > 0 && status < 400,
                m.group(12).equals("-") ? null : (Long) Long.parseLong(m.group(12)),
                none(m.group(4)),
                between < 0 ? null : none(agents.substring(between + 3)),
                tail.length > 6 ? none(tail[6]) : null,
                tail.length > 3 ? signed(tail[3]) : null,
                null,
                file,
                line);
    }

    /** One request is one entry for each operation of it; only batches tell several keys. */
    private static String id(String request, String operation, String key) {
        return request + " " + operation + (operation.startsWith("REST.") ? "" : " " + key);
    }

    private static Instant time(String text) throws Unreadable {
        try {
            return OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeException e) {
            throw new Unreadable("expected a time such as 06/Feb/2026:00:00:38 +0000, found " + text);
        }
    }

    private static @Nullable String none(String field) {
        return field.equals("-") || field.isEmpty() ? null : field;
    }

    private static Who who(String requester, String owner) {
        if (requester.equals("-")) {
            return Who.ANONYMOUS;
        }
        if (requester.startsWith("svc:") || requester.endsWith(".amazonaws.com")) {
            return Who.SERVICE;
        }
        return requester.equals(owner) && CANONICAL.matcher(requester).matches() ? Who.OWNER : Who.NAMED;
    }

    private static @Nullable String key(String field, String uri, String operation) {
        if (lists(operation)) {
            Matcher prefix = PREFIX.matcher(uri);
            return prefix.find() ? Percent.decode(prefix.group(1)) : null;
        }
        return field.equals("-") ? null : Percent.decode(field);
    }

    private static boolean lists(String operation) {
        return operation.equals("REST.GET.BUCKET") || operation.equals("REST.GET.BUCKETVERSIONS");
    }

    /** What failed otherwise than by a refusal is neither an access nor a denied one. */
    private static Action action(String operation, int status) {
        if (status == 0 || status >= 400 && status != 403 && status != 401) {
            return Action.OTHER;
        }
        if (lists(operation)) {
            return Action.LIST;
        }
        return switch (operation) {
            case "REST.GET.OBJECT",
                    "REST.HEAD.OBJECT",
                    "REST.COPY.OBJECT_GET",
                    "REST.COPY.PART_GET",
                    "REST.SELECT.OBJECT" -> Action.READ;
            case "REST.PUT.OBJECT",
                    "REST.POST.OBJECT",
                    "REST.DELETE.OBJECT",
                    "REST.COPY.OBJECT",
                    "REST.PUT.PART",
                    "BATCH.DELETE.OBJECT" -> Action.WRITE;
            case "REST.PUT.BUCKETPOLICY",
                    "REST.DELETE.BUCKETPOLICY",
                    "REST.PUT.ACL",
                    "REST.PUT.OBJECT_ACL",
                    "REST.PUT.PUBLIC_ACCESS_BLOCK",
                    "REST.DELETE.PUBLIC_ACCESS_BLOCK",
                    "REST.PUT.OWNERSHIP_CONTROLS",
                    "REST.DELETE.OWNERSHIP_CONTROLS" -> Action.POLICY;
            default -> Action.OTHER;
        };
    }

    private static @Nullable String signed(String type) {
        return switch (type) {
            case "QueryString" -> "query";
            case "AuthHeader" -> "header";
            default -> null;
        };
    }
}
