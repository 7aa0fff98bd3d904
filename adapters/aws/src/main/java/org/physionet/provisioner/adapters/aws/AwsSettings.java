package org.physionet.provisioner.adapters.aws;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.accesspoints.ShardNames;
import org.physionet.provisioner.engine.model.AwsAccountId;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;

/**
 * The section {@code aws} of the configuration, checked.
 *
 * @param account ours: the buckets and access points are its
 * @param region of the buckets and access points
 * @param keys static credentials, null: the SDK's default chain
 * @param endpoint of an emulator, null: AWS
 * @param moto whether the emulator is moto, which answers some questions wrongly (facts/aws.md B1)
 * @param prefix begins the names of our access points
 * @param locationRole of locations in S3 Access Grants that the engine may make, null: it makes none
 * @param proof how identities are proven, null: not at all
 * @param canaries whose reads measure how long changes take: none, one or two
 * @param controlRate control calls per second, null: the usual rate against AWS, none against an emulator
 */
public record AwsSettings(
        AwsAccountId account,
        String region,
        @Nullable Keys keys,
        @Nullable URI endpoint,
        boolean moto,
        String prefix,
        @Nullable String locationRole,
        @Nullable Double controlRate,
        @Nullable Proof proof,
        List<CanaryUser> canaries) {
    public AwsSettings {
        canaries = List.copyOf(canaries);
    }

    /** After this a call is given up; its effect is then unknown. */
    public static final Duration CALL_DEADLINE = Duration.ofSeconds(20);

    /** Every key that the section may have. */
    public static final List<Setting> ALL = all(
            Setting.of("account", null, "The AWS account that owns the buckets and the access points, 12 digits."),
            Setting.of("region", "us-east-1", "The region of the buckets and access points."),
            Setting.of(
                    "credentials", "default", "default (environment, profile, role) or static (accessKey, secretKey)."),
            Setting.of("accessKey", null, "The access key id, with credentials: static."),
            Setting.secret("secretKey", "The secret key, with credentials: static."),
            Setting.of("endpoint", null, "Base address of an emulator for all AWS services; absent: AWS itself."),
            Setting.of("emulator", "none", "none or moto; moto is not asked what it answers wrongly."),
            Setting.of("prefix", "pn", "Begins the names of our access points; keep it once access points exist."),
            Setting.of(
                    "accessGrants.locationRole",
                    null,
                    "ARN of the role that serves S3 Access Grants; set: the engine registers missing locations with it."),
            Setting.of(
                    "identityProof.site",
                    null,
                    "Name of the site that proofs of identity are made for, e.g. its host; set: proofs are taken."),
            Setting.of("identityProof.roles", "false", "true: sessions of IAM roles prove the role, too."),
            Setting.of(
                    "identityProof.bucket",
                    null,
                    "The empty verification bucket of PhysioNet's form, in us-east-1; absent: that form is not taken."),
            Setting.of(
                    "controlRate",
                    null,
                    "Control calls per second to start with; absent: 5, and unlimited with an endpoint."));

    private static List<Setting> all(Setting... own) {
        return Stream.concat(Stream.of(own), CanaryUser.SETTINGS.stream()).toList();
    }

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
    private static final Pattern LOCATION_ROLE = Pattern.compile("arn:aws:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}");
    private static final Pattern SITE = Pattern.compile("[a-z0-9]([a-z0-9.-]{1,98}[a-z0-9])");
    private static final double HIGHEST_RATE = 100;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

    /**
     * How identities are proven.
     *
     * @param site what a proof is made for
     * @param roles whether a role's session proves the role
     * @param bucket PhysioNet's verification bucket, null: none
     */
    public record Proof(
            String site, boolean roles, @Nullable String bucket) {}

    /** A long-lived key pair. Not shown in texts. */
    public record Keys(String accessKey, String secretKey) {
        @Override
        public String toString() {
            return "Keys[…]";
        }
    }

    /** @throws IllegalArgumentException naming the key that is wrong */
    public static AwsSettings of(Settings settings) {
        URI endpoint = settings.find("endpoint").map(e -> endpoint(settings, e)).orElse(null);
        boolean moto = switch (settings.find("emulator").orElse("none")) {
            case "none" -> false;
            case "moto" -> true;
            case String other -> throw wrong(settings, "emulator", "none or moto", other);
        };
        if (moto && (endpoint == null || !isLoopback(endpoint))) {
            throw wrong(settings, "emulator", "moto only with an endpoint on this machine", String.valueOf(endpoint));
        }
        return new AwsSettings(
                checked(settings, "account", () -> new AwsAccountId(settings.require("account"))),
                region(settings),
                keys(settings),
                endpoint,
                moto,
                checked(settings, "prefix", () -> {
                    String prefix = settings.find("prefix").orElse("pn");
                    ShardNames.requirePrefix(prefix);
                    return prefix;
                }),
                locationRole(settings),
                controlRate(settings),
                proof(settings),
                CanaryUser.all(settings));
    }

    private static @Nullable String locationRole(Settings settings) {
        String key = "accessGrants.locationRole";
        String role = settings.find(key).orElse(null);
        if (role != null && !LOCATION_ROLE.matcher(role).matches()) {
            throw wrong(settings, key, "the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME", role);
        }
        return role;
    }

    private static @Nullable Double controlRate(Settings settings) {
        String text = settings.find("controlRate").orElse(null);
        if (text == null) {
            return null;
        }
        try {
            double rate = Double.parseDouble(text);
            if (rate > 0 && rate <= HIGHEST_RATE) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(settings, "controlRate", "calls per second, above 0 and at most 100", text);
    }

    private static @Nullable Proof proof(Settings settings) {
        String site = settings.find("identityProof.site").orElse(null);
        if (site == null) {
            return null;
        }
        if (!SITE.matcher(site).matches()) {
            throw wrong(settings, "identityProof.site", "a host name such as data.example.org", site);
        }
        String roles = settings.find("identityProof.roles").orElse("false");
        if (!roles.equals("true") && !roles.equals("false")) {
            throw wrong(settings, "identityProof.roles", "true or false", roles);
        }
        String bucket = settings.find("identityProof.bucket").orElse(null);
        return new Proof(
                site,
                roles.equals("true"),
                bucket == null
                        ? null
                        : checked(settings, "identityProof.bucket", () -> new S3Location(bucket, "").bucket()));
    }

    /** The same place with other credentials. */
    AwsSettings with(Keys others) {
        return new AwsSettings(
                account, region, others, endpoint, moto, prefix, locationRole, controlRate, proof, canaries);
    }

    private static String region(Settings settings) {
        String region = settings.find("region").orElse("us-east-1");
        if (!REGION.matcher(region).matches()) {
            throw wrong(settings, "region", "a region such as us-east-1", region);
        }
        if (region.startsWith("cn-") || region.startsWith("us-gov-")) {
            throw wrong(settings, "region", "a region of the partition aws (researchers' accounts are there)", region);
        }
        return region;
    }

    private static @Nullable Keys keys(Settings settings) {
        String mode = settings.find("credentials").orElse("default");
        return switch (mode) {
            case "static" -> new Keys(settings.require("accessKey"), settings.require("secretKey"));
            case "default" -> {
                for (String key : List.of("accessKey", "secretKey")) {
                    if (settings.find(key).isPresent()) {
                        throw new IllegalArgumentException(settings.section() + "." + key + ": is only used with "
                                + settings.section() + ".credentials: static");
                    }
                }
                yield null;
            }
            default -> throw wrong(settings, "credentials", "default or static", mode);
        };
    }

    /** Keys and people's ids never travel in the clear to another machine. */
    private static URI endpoint(Settings settings, String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong(settings, "endpoint", "an address such as http://127.0.0.1:5000", text);
        }
        boolean http = "http".equals(uri.getScheme());
        if ((!http && !"https".equals(uri.getScheme())) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw wrong(settings, "endpoint", "an address such as http://127.0.0.1:5000", text);
        }
        if (http && !isLoopback(uri)) {
            throw wrong(settings, "endpoint", "https, or plain http on this machine only (127.0.0.1, localhost)", text);
        }
        return uri;
    }

    private static boolean isLoopback(URI uri) {
        return LOOPBACK.matcher(Optional.ofNullable(uri.getHost()).orElse("")).matches();
    }

    static <T> T checked(Settings settings, String key, java.util.function.Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            String name = settings.section() + "." + key;
            String message = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(message.startsWith(name) ? message : name + ": " + message, e);
        }
    }

    private static IllegalArgumentException wrong(Settings settings, String key, String expected, String found) {
        return new IllegalArgumentException(
                settings.section() + "." + key + ": expected " + expected + ", found \"" + found + "\"");
    }
}
