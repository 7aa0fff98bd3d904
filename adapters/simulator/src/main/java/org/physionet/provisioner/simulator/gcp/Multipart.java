package org.physionet.provisioner.simulator.gcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a multipart body (RFC 2046). */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|'([^']+)'|([^;\\s]+))");

    /** @param headers by lower-case name */
    record Part(Map<String, String> headers, byte[] content) {}

    private Multipart() {}

    static List<Part> parts(String contentType, byte[] body) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            throw GoogleError.invalid("Missing boundary in Content-Type: " + contentType);
        }
        String boundary = matcher.group(1) != null
                ? matcher.group(1)
                : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        byte[] line = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int start = indexOf(body, line, 0);
        while (start >= 0) {
            int from = start + line.length;
            int end = indexOf(body, line, from);
            if (end < 0) {
                return parts;
            }
            parts.add(part(body, from, end));
            start = end;
        }
        return parts;
    }

    private static Part part(byte[] body, int from, int end) {
        int begin = skipLineEnd(body, from);
        Map<String, String> headers = new HashMap<>();
        while (begin < end) {
            int lineEnd = indexOf(body, new byte[] {'\n'}, begin);
            String header = new String(body, begin, lineEnd - begin, StandardCharsets.UTF_8).strip();
            begin = lineEnd + 1;
            if (header.isEmpty()) {
                break;
            }
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int stop = end;
        stop -= stop > begin && body[stop - 1] == '\n' ? 1 : 0;
        stop -= stop > begin && body[stop - 1] == '\r' ? 1 : 0;
        return new Part(headers, Arrays.copyOfRange(body, begin, stop));
    }

    private static int skipLineEnd(byte[] body, int at) {
        int next = at;
        next += next < body.length && body[next] == '\r' ? 1 : 0;
        next += next < body.length && body[next] == '\n' ? 1 : 0;
        return next;
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        outer:
        for (int i = from; i <= body.length - wanted.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                if (body[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}
