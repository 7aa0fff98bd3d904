package org.physionet.provisioner.simulator.aws.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/** An {@code aws-chunked} upload: each chunk's signature covers the one before it, a trailer's covers the last. */
final class ChunkedBody {
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?");
    private static final String EMPTY_HASH = Digests.sha256("");

    private final Signing signing;
    private final byte[] key;

    ChunkedBody(Signing signing, byte[] key) {
        this.signing = signing;
        this.key = key;
    }

    static byte[] unsigned(byte[] body) {
        return new Reader(body).data((_, _) -> {});
    }

    byte[] signed(byte[] body, boolean trailer) {
        String[] previous = {signing.signature()};
        Reader reader = new Reader(body);
        byte[] data = reader.data((chunk, signature) -> {
            String toSign = String.join("\n", head("PAYLOAD", previous[0]), EMPTY_HASH, Digests.sha256(chunk));
            previous[0] = expect(toSign, signature);
        });
        if (trailer) {
            Map<String, String> trailers = reader.trailers();
            String signature = trailers.remove("x-amz-trailer-signature");
            StringBuilder text = new StringBuilder();
            trailers.forEach(
                    (name, value) -> text.append(name).append(':').append(value).append('\n'));
            expect(
                    String.join("\n", head("TRAILER", previous[0]), Digests.sha256(text.toString())),
                    signature == null ? "" : signature);
        }
        return data;
    }

    private String head(String kind, String previous) {
        return String.join("\n", Signing.ALGORITHM + "-" + kind, signing.timestamp(), signing.scope(), previous);
    }

    private String expect(String toSign, String found) {
        String expected = Digests.hex(Digests.hmac(key, toSign));
        if (!Digests.same(expected, found)) {
            throw new AwsException(
                    403, "SignatureDoesNotMatch", "A chunk of the upload is not signed with the request's key.");
        }
        return expected;
    }

    /** Sees each chunk, the empty last one too. */
    @FunctionalInterface
    private interface Sight {
        void chunk(byte[] data, String signature);
    }

    /** Walks over lines and chunks. */
    private static final class Reader {
        private final byte[] body;
        private int at;

        Reader(byte[] body) {
            this.body = body;
        }

        byte[] data(Sight sight) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            while (true) {
                Matcher head = CHUNK.matcher(line());
                if (!head.matches()) {
                    throw incomplete();
                }
                int size = Integer.parseUnsignedInt(head.group(1), 16);
                if (size < 0 || size > body.length - at) {
                    throw incomplete();
                }
                byte[] chunk = Arrays.copyOfRange(body, at, at + size);
                at += size;
                sight.chunk(chunk, head.group(2) == null ? "" : head.group(2));
                if (size == 0) {
                    return data.toByteArray();
                }
                data.writeBytes(chunk);
                line();
            }
        }

        /** What follows the last chunk: {@code name:value} lines. */
        Map<String, String> trailers() {
            Map<String, String> trailers = new TreeMap<>();
            while (at < body.length) {
                String line = line();
                int colon = line.indexOf(':');
                if (colon > 0) {
                    trailers.put(
                            line.substring(0, colon).trim(),
                            line.substring(colon + 1).trim());
                }
            }
            return trailers;
        }

        private String line() {
            int end = at;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            String line = new String(body, at, end - at, StandardCharsets.UTF_8);
            at = Math.min(end + 1, body.length);
            return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        }

        private static AwsException incomplete() {
            return new AwsException(
                    400, "IncompleteBody", "The request body terminated unexpectedly or its chunks can not be read.");
        }
    }
}
