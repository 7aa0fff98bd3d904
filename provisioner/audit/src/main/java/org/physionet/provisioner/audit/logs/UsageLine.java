package org.physionet.provisioner.audit.logs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Access;
import org.physionet.provisioner.audit.access.Access.Action;
import org.physionet.provisioner.audit.access.Access.Log;
import org.physionet.provisioner.audit.access.Access.Who;

/** A line of a Cloud Storage usage log: 17 columns, nobody's name, good for bytes (facts/gcp.md 4). */
final class UsageLine {
    private static final String FIRST_COLUMN = "time_micros";

    private UsageLine() {}

    static boolean isHeading(String line) {
        return line.startsWith("\"" + FIRST_COLUMN + "\"") || line.startsWith(FIRST_COLUMN);
    }

    /** @return empty: the heading */
    static Optional<Access> parse(String text, String file, @Nullable Long line) throws Unreadable {
        if (isHeading(text)) {
            return Optional.empty();
        }
        List<String> fields = fields(text);
        if (fields.size() != 17
                || !fields.get(0).matches("\\d{1,18}")
                || !fields.get(6).matches("\\d{3}")) {
            throw new Unreadable("expected the 17 columns of a Cloud Storage usage log");
        }
        int status = Integer.parseInt(fields.get(6));
        String object = none(fields.get(16));
        boolean get = fields.get(4).equals("GET") && status < 400;
        return Optional.of(new Access(
                "gcp",
                Log.GCS_USAGE,
                Instant.EPOCH.plus(Long.parseLong(fields.get(0)), ChronoUnit.MICROS),
                fields.get(13) + " " + fields.get(0),
                null,
                Who.UNNAMED,
                null,
                none(fields.get(15)),
                object,
                get && object != null ? Action.READ : get ? Action.LIST : Action.OTHER,
                fields.get(14),
                status < 400,
                fields.get(8).matches("\\d{1,18}") ? (Long) Long.parseLong(fields.get(8)) : null,
                none(fields.get(1)),
                none(fields.get(12)),
                null,
                null,
                null,
                file,
                line));
    }

    private static @Nullable String none(String field) {
        return field.isEmpty() ? null : field;
    }

    /** RFC 4180, strictly: nothing but a comma or the end follows a closing quote. */
    private static List<String> fields(String text) throws Unreadable {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            StringBuilder field = new StringBuilder();
            if (at < text.length() && text.charAt(at) == '"') {
                at++;
                while (true) {
                    int quote = text.indexOf('"', at);
                    if (quote < 0) {
                        throw new Unreadable("expected a closing quote");
                    }
                    field.append(text, at, quote);
                    at = quote + 1;
                    if (at >= text.length() || text.charAt(at) != '"') {
                        break;
                    }
                    field.append('"');
                    at++;
                }
            } else {
                int comma = text.indexOf(',', at);
                int end = comma < 0 ? text.length() : comma;
                field.append(text, at, end);
                at = end;
            }
            if (at < text.length() && text.charAt(at) != ',') {
                throw new Unreadable("expected a comma after a closing quote");
            }
            fields.add(field.toString());
            at++;
        }
        return fields;
    }
}
