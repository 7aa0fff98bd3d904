package org.physionet.provisioner.sources.physionet;

import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.settings.PostgresAddress;
import org.physionet.provisioner.engine.settings.Settings;

/**
 * How to reach the database.
 *
 * @param url without a password, so that it may be shown
 * @param user null: the driver's default
 * @param password null: none is sent; never shown
 */
record ConnectionSettings(
        String url, @Nullable String user, @Nullable String password, GoogleAccountsFrom googleAccounts) {
    private static final String SCHEME = "jdbc:postgresql:";
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("[?&](ssl)?password=|//[^/?]*:[^/?@]*@");

    /** @throws IllegalArgumentException naming the key of a wrong value, and never a password */
    static ConnectionSettings of(Settings settings) {
        String url = settings.require("url");
        String key = settings.section() + ".url";
        if (PASSWORD_IN_URL.matcher(url.toLowerCase(Locale.ROOT)).find()) {
            throw new IllegalArgumentException(
                    key + ": holds a password; put it in " + settings.section() + ".password, which is never printed");
        }
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException(
                    key + ": expected jdbc:postgresql://HOST:PORT/NAME, found \"" + url + "\"");
        }
        return new ConnectionSettings(
                PostgresAddress.verified(key, url),
                settings.get("user"),
                settings.get("password"),
                GoogleAccountsFrom.of(
                        settings.find("googleAccounts").orElse(GoogleAccountsFrom.LINKED.text()),
                        settings.section() + ".googleAccounts"));
    }

    /** For the driver; what the URL itself says wins. */
    Properties properties() {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "provisioner");
        properties.setProperty("connectTimeout", "10");
        // A server that stops answering is an error after ten minutes, not a run that hangs for ever.
        properties.setProperty("socketTimeout", "600");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    /** The URL without its parameters. */
    String place() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    @Override
    public String toString() {
        return place();
    }
}
