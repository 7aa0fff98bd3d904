package org.physionet.provisioner.simulator.gcp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Response;

/** An object's bytes, whole or one range of them (RFC 9110 14). */
final class Download {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private Download() {}

    static Response of(Call call, StoredObject object) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", object.contentType());
        headers.put("ETag", Etags.ofMetageneration(object.generation()));
        headers.put("x-goog-generation", String.valueOf(object.generation()));
        headers.put("x-goog-metageneration", "1");
        headers.put("x-goog-stored-content-length", String.valueOf(object.content().length));
        headers.put(
                "x-goog-hash", "crc32c=" + Hashes.crc32c(object.content()) + ",md5=" + Hashes.md5(object.content()));
        Optional<Matcher> range = call.header("range").map(RANGE::matcher).filter(Matcher::matches);
        if (range.isEmpty()
                || range.get().group(1).isEmpty() && range.get().group(2).isEmpty()) {
            return new Response(200, headers, object.content());
        }
        return part(object.content(), range.get().group(1), range.get().group(2), headers);
    }

    private static Response part(byte[] content, String first, String last, Map<String, String> headers) {
        long size = content.length;
        long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
        long to = first.isEmpty() || last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        if (from >= size || from > to) {
            headers.put("Content-Range", "bytes */" + size);
            return new Response(416, headers, new byte[0]);
        }
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + size);
        return new Response(206, headers, Arrays.copyOfRange(content, (int) from, (int) to + 1));
    }
}
