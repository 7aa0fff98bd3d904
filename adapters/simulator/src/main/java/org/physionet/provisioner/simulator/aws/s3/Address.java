package org.physionet.provisioner.simulator.aws.s3;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.wire.Percent;

/**
 * What a request names: nothing, a bucket, an access point, and perhaps a key (S3 user guide, "Virtual hosting of buckets"; "Using
 * access points"; facts/aws.md B2).
 *
 * @param container absent for ListBuckets
 * @param key empty if the container itself is meant
 */
record Address(Optional<Container> container, String key) {
    private static final Pattern ACCESS_POINT_HOST = Pattern.compile(
            "(.+)-(\\d{12})\\.s3-accesspoint(?:-fips)?(?:\\.dualstack)?\\.([a-z0-9-]+)\\.amazonaws\\.com");
    private static final Pattern S3_HOST = Pattern.compile(
            "(?:(.+)\\.)?s3(?:-fips)?(?:\\.dualstack)?(?:[.-]([a-z]{2}(?:-[a-z]+)+-\\d))?\\.amazonaws\\.com");
    private static final Pattern LOCAL_HOST = Pattern.compile("(?:(.+)\\.)?(?:127\\.0\\.0\\.1|localhost)");
    private static final Pattern ARN =
            Pattern.compile("arn:aws:s3:([a-z0-9-]+):(\\d{12}):accesspoint[/:]([^/:]+)(?:/(.*))?", Pattern.DOTALL);

    /** What holds objects. */
    sealed interface Container {
        /** A bucket's name, or an access point's alias, or the {@code NAME-ACCOUNT} of an access point. */
        record Named(String name) implements Container {}

        record Point(String region, String account, String name) implements Container {}
    }

    static Address of(Request request) {
        String host = request.header("host")
                .orElse(request.host())
                .toLowerCase(Locale.ROOT)
                .replaceFirst(":\\d+$", "");
        String path = request.rawPath().startsWith("/") ? request.rawPath().substring(1) : request.rawPath();
        Matcher point = ACCESS_POINT_HOST.matcher(host);
        if (point.matches()) {
            return new Address(
                    Optional.of(new Container.Point(point.group(3), point.group(2), point.group(1))),
                    Percent.decode(path));
        }
        for (Pattern pattern : new Pattern[] {S3_HOST, LOCAL_HOST}) {
            Matcher matcher = pattern.matcher(host);
            if (matcher.matches() && matcher.group(1) != null) {
                return new Address(Optional.of(new Container.Named(matcher.group(1))), Percent.decode(path));
            }
        }
        return inPath(path);
    }

    private static Address inPath(String path) {
        Matcher arn = ARN.matcher(Percent.decode(path));
        if (arn.matches()) {
            return new Address(
                    Optional.of(new Container.Point(arn.group(1), arn.group(2), arn.group(3))),
                    arn.group(4) == null ? "" : arn.group(4));
        }
        int slash = path.indexOf('/');
        String name = Percent.decode(slash < 0 ? path : path.substring(0, slash));
        if (name.isEmpty()) {
            return new Address(Optional.empty(), "");
        }
        String key = slash < 0 ? "" : Percent.decode(path.substring(slash + 1));
        return new Address(Optional.of(new Container.Named(name)), key);
    }
}
