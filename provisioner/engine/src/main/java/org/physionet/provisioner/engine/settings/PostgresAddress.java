package org.physionet.provisioner.engine.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a PostgreSQL database, with who it is verified by TLS unless it is this machine. The driver by itself would take any
 * certificate, or none (jdbc.postgresql.org, "Connecting to the Database", {@code sslmode}).
 */
public final class PostgresAddress {
    private static final Pattern FORM = Pattern.compile("jdbc:postgresql:(?://([^/?]*)/?)?[^?]*(?:\\?(.*))?");
    private static final String VERIFIED = "verify-full";

    private PostgresAddress() {}

    /**
     * The address as the driver gets it: on another machine with {@code sslmode=verify-full}, by the certificates that Java trusts where
     * {@code sslrootcert} names no others. A connector with a {@code socketFactory} does its own.
     *
     * @param key for messages
     * @throws IllegalArgumentException if the address switches the verification off for another machine; names the parameter alone
     */
    public static String verified(String key, String url) {
        Matcher matcher = FORM.matcher(url);
        if (!matcher.matches() || isHere(matcher.group(1))) {
            return url;
        }
        Map<String, String> parameters = parameters(matcher.group(2));
        if (parameters.containsKey("socketfactory")) {
            return url;
        }
        refuse(key, "sslmode", parameters.getOrDefault("sslmode", VERIFIED).equals(VERIFIED));
        refuse(key, "ssl", !parameters.getOrDefault("ssl", "true").equals("false"));
        refuse(key, "sslhostnameverifier", !parameters.containsKey("sslhostnameverifier"));
        String factory = parameters.getOrDefault("sslfactory", "");
        refuse(key, "sslfactory", !factory.contains("nonvalidating"));
        String more = (parameters.containsKey("sslmode") ? "" : "&sslmode=" + VERIFIED)
                + (factory.isEmpty() && !parameters.containsKey("sslrootcert")
                        ? "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"
                        : "");
        if (more.isEmpty()) {
            return url;
        }
        return url + (url.contains("?") ? more : "?" + more.substring(1));
    }

    private static void refuse(String key, String parameter, boolean fine) {
        if (!fine) {
            throw new IllegalArgumentException(key + ": " + parameter
                    + " switches off the verification of a server on another machine; expected sslmode=verify-full, with"
                    + " sslrootcert=FILE where Java does not trust its certificate");
        }
    }

    /** Every host of a list; none is this machine. */
    private static boolean isHere(@org.jspecify.annotations.Nullable String hosts) {
        return hosts == null
                || Arrays.stream(hosts.substring(hosts.lastIndexOf('@') + 1).split(","))
                        .map(host -> host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT))
                        .allMatch(host -> host.isEmpty()
                                || host.equals("localhost")
                                || host.equals("[::1]")
                                || host.matches("127(\\.\\d{1,3}){3}"));
    }

    private static Map<String, String> parameters(@org.jspecify.annotations.Nullable String query) {
        Map<String, String> all = new TreeMap<>();
        if (query != null) {
            for (String part : query.split("&")) {
                int equals = part.indexOf('=');
                all.put(
                        (equals < 0 ? part : part.substring(0, equals)).toLowerCase(Locale.ROOT),
                        equals < 0 ? "" : part.substring(equals + 1).toLowerCase(Locale.ROOT));
            }
        }
        return all;
    }
}
