package org.physionet.provisioner.simulator.aws.signature;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.wire.Percent;
import org.physionet.provisioner.simulator.aws.wire.Query;

/** The text over which a request is signed (IAM user guide, "Create a canonical request"). */
final class CanonicalRequest {
    private CanonicalRequest() {}

    /** @param path as it goes into the text; services differ in how often they encode it */
    static String of(Request request, Signing signing, String path, String payloadHash) {
        String headers = signing.signedHeaders().stream()
                .map(name -> name + ":" + header(request, name) + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                request.method(),
                path,
                query(request.rawQuery()),
                headers,
                String.join(";", signing.signedHeaders()),
                payloadHash);
    }

    /** The forms in which clients write one path: as sent, encoded anew, and (all services but S3) encoded twice. */
    static List<String> paths(Request request, boolean s3) {
        String sent = request.rawPath().isEmpty() ? "/" : request.rawPath();
        String anew = Percent.encodePath(Percent.decode(sent));
        return s3 ? List.of(sent, anew) : List.of(Percent.encodePath(sent), Percent.encodePath(anew), sent);
    }

    private static String query(String raw) {
        return Query.of(raw).parameters().stream()
                .filter(p -> !p.name().equals("X-Amz-Signature"))
                .map(p -> Map.entry(Percent.encode(p.name()), Percent.encode(p.value())))
                .sorted(Comparator.comparing(Map.Entry<String, String>::getKey).thenComparing(Map.Entry::getValue))
                .map(p -> p.getKey() + "=" + p.getValue())
                .collect(Collectors.joining("&"));
    }

    private static String header(Request request, String name) {
        List<String> values = request.headers().getOrDefault(name, List.of());
        if (values.isEmpty() && name.equals("host")) {
            return request.host();
        }
        return values.stream().map(v -> v.trim().replaceAll(" +", " ")).collect(Collectors.joining(","));
    }
}
