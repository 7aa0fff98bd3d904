package org.physionet.provisioner.adapters.gcp;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.Access;
import org.physionet.provisioner.adapters.gcp.calls.Access.Credentials;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule.Which;
import org.physionet.provisioner.adapters.gcp.proof.GoogleAccountProof;
import org.physionet.provisioner.engine.adapter.IdentityProof;
import org.physionet.provisioner.engine.model.EmailAddress;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;

/** The section {@code gcp} of the configuration. */
final class GcpSettings {
    static final List<Setting> ALL = List.of(
            Setting.of("project", null, "The Google Cloud project that owns the resources."),
            Setting.of(
                    "credentials",
                    "default",
                    "default (application default credentials), none (emulators) or a key file."),
            Setting.of("endpoint", null, "Base address for all Google APIs; only for emulators."),
            Setting.of("billingProject", null, "The project charged for our own calls on requester-pays buckets."),
            Setting.of(
                    "leases",
                    "expiring",
                    "Whose access ends by itself: expiring (those whose entitlement ends), all, or none."),
            Setting.of(
                    "leaseDays",
                    "35",
                    "How many days access lasts, rounded up to a month's end, where the entitlement has no sooner end."),
            Setting.of(
                    "groupsApi",
                    "directory",
                    "The API for groups: directory, or cloud-identity, whose memberships end by themselves and whose"
                            + " groups take no groups, where the licence allows it."),
            Setting.of(
                    "customer",
                    null,
                    "The Workspace customer that new groups belong to, customers/C…, for groupsApi: cloud-identity."),
            Setting.of(
                    "oidcClientId",
                    null,
                    "Our client id at Google, for people's proof of their accounts; none: no proof."),
            Setting.of("oidcRedirect", null, "Where Google sends the proof, as registered with the client id."),
            Setting.of(
                    "oidcKeys",
                    "https://www.googleapis.com/oauth2/v3/certs",
                    "Google's public keys (JWKS); another address only for emulators."),
            Setting.of(
                    "canary",
                    null,
                    "An account of ours that reads as a researcher would: its credentials file; with an endpoint, its"
                            + " address."),
            Setting.of("canaryAddress", null, "The canary's address, where canary is a file."),
            Setting.of("rates", "auto", "Pacing of calls: auto (off with an endpoint), on or off."));

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private GcpSettings() {}

    /** @throws IllegalArgumentException naming the key that is wrong */
    static Access access(Settings settings) {
        Credentials credentials = credentials(settings);
        String endpoint =
                settings.find("endpoint").filter(text -> !text.isBlank()).orElse(null);
        String billing =
                settings.find("billingProject").filter(text -> !text.isBlank()).orElse(null);
        return new Access(settings.require("project"), credentials, endpoint(settings, endpoint, credentials), billing);
    }

    /** @throws IllegalArgumentException naming the key that is wrong */
    static LeaseRule leases(Settings settings) {
        Which which = Which.valueOf(
                oneOf(settings, "leases", "expiring", "all", "none").toUpperCase(Locale.ROOT));
        String days = settings.find("leaseDays").orElse("35");
        if (!days.matches("[1-9]\\d{0,3}")) {
            throw wrong(settings, "leaseDays", "expected days from 1 to 9999, found " + days);
        }
        return new LeaseRule(which, Duration.ofDays(Long.parseLong(days)));
    }

    /** Whether groups are kept through the Cloud Identity API. */
    static boolean cloudIdentity(Settings settings) {
        return oneOf(settings, "groupsApi", "directory", "cloud-identity").equals("cloud-identity");
    }

    /** Whether calls are paced: not at emulators, unless it is asked for. */
    static boolean paced(Settings settings) {
        return switch (oneOf(settings, "rates", "auto", "on", "off")) {
            case "on" -> true;
            case "off" -> false;
            default -> settings.find("endpoint").filter(text -> !text.isBlank()).isEmpty();
        };
    }

    /** Empty: there is no canary. */
    static Optional<CanaryAccount> canary(Settings settings, Access access) {
        Optional<String> text = settings.find("canary").filter(each -> !each.isBlank());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean emulator = access.endpoint() != null && access.credentials() instanceof Credentials.None;
        String key = emulator ? "canary" : "canaryAddress";
        EmailAddress address;
        try {
            address = new EmailAddress(settings.require(key));
        } catch (IllegalArgumentException e) {
            throw wrong(settings, key, String.valueOf(e.getMessage()));
        }
        Credentials credentials = emulator
                ? new Credentials.Token(address.spelling())
                : new Credentials.SignedIn(settings.path("canary"));
        Access own = new Access(access.project(), credentials, access.endpoint(), access.billingProject());
        return Optional.of(new CanaryAccount(GooglePrincipals.of(address), own));
    }

    /** An account that reads as a researcher would, and how it reaches Google. */
    record CanaryAccount(Principal principal, Access access) {}

    /** Empty: no client id, so nobody can prove an account here. */
    static Optional<IdentityProof> proof(Settings settings) {
        Optional<String> client = settings.find("oidcClientId").filter(text -> !text.isBlank());
        if (client.isEmpty()) {
            return Optional.empty();
        }
        String text = settings.find("oidcKeys").orElse("https://www.googleapis.com/oauth2/v3/certs");
        URI keys;
        try {
            keys = URI.create(text);
        } catch (IllegalArgumentException _) {
            throw wrong(settings, "oidcKeys", "expected https://HOST/PATH, found " + text);
        }
        boolean safe = "https".equals(keys.getScheme())
                || "http".equals(keys.getScheme()) && keys.getHost() != null && isLoopback(keys);
        if (!safe || keys.getHost() == null) {
            throw wrong(settings, "oidcKeys", "expected https://HOST/PATH, found " + text);
        }
        return Optional.of(new GoogleAccountProof(client.get(), settings.require("oidcRedirect"), keys));
    }

    private static String oneOf(Settings settings, String key, String... values) {
        String found = settings.find(key).orElse(values[0]);
        if (!List.of(values).contains(found)) {
            throw wrong(settings, key, "expected " + String.join(" or ", values) + ", found " + found);
        }
        return found;
    }

    private static Credentials credentials(Settings settings) {
        String text = settings.find("credentials").orElse("default");
        return switch (text) {
            case "default" -> new Credentials.ApplicationDefault();
            case "none" -> new Credentials.None();
            default -> new Credentials.KeyFile(keyFile(settings, text));
        };
    }

    private static Path keyFile(Settings settings, String text) {
        if (text.isBlank()) {
            throw wrong(settings, "credentials", "expected default, none or a key file, found nothing");
        }
        return settings.path("credentials");
    }

    private static @Nullable URI endpoint(Settings settings, @Nullable String text, Credentials credentials) {
        if (text == null) {
            if (credentials instanceof Credentials.None) {
                throw wrong(
                        settings, "credentials", "none is for emulators: set " + settings.section() + ".endpoint too");
            }
            return null;
        }
        URI uri = address(settings, text);
        boolean loopback = isLoopback(uri);
        if (credentials instanceof Credentials.None && !loopback) {
            throw wrong(settings, "endpoint", "expected a loopback address with credentials: none, found " + text);
        }
        if (uri.getScheme().equalsIgnoreCase("http") && !(credentials instanceof Credentials.None)) {
            throw wrong(
                    settings,
                    "endpoint",
                    "plain http would show credentials to others: set credentials: none, or use https");
        }
        return uri;
    }

    private static URI address(Settings settings, String text) {
        URI uri;
        try {
            uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException _) {
            throw wrong(settings, "endpoint", "expected http(s)://HOST:PORT, found " + text);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty();
        if (!Set.of("http", "https").contains(scheme)
                || uri.getHost() == null
                || !bare
                || uri.getRawUserInfo() != null) {
            throw wrong(settings, "endpoint", "expected http(s)://HOST:PORT, found " + text);
        }
        return uri;
    }

    /** Names are not looked up: a name that resolves to loopback today may not tomorrow. */
    private static boolean isLoopback(URI uri) {
        String host = uri.getHost();
        if (LOOPBACK_NAMES.contains(host)) {
            return true;
        }
        if (!host.matches("127(\\.\\d{1,3}){3}")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static IllegalArgumentException wrong(Settings settings, String key, String what) {
        return new IllegalArgumentException(settings.section() + "." + key + ": " + what);
    }
}
