package org.physionet.provisioner.app.wiring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who acts: the operating-system user and host (CONTRACT, "Command line").
 *
 * @param name {@code user@host}
 * @param onBehalfOf in the actor's words; null: nobody else
 */
public record Actor(String name, @Nullable String onBehalfOf) {
    /** {@code SUDO_USER} is who really typed. */
    static Actor ofProcess(Map<String, String> environment, @Nullable String onBehalfOf) {
        String sudo = environment.getOrDefault("SUDO_USER", "");
        String user = sudo.isBlank() ? System.getProperty("user.name", "unknown") : sudo;
        return new Actor(user + "@" + host(environment), onBehalfOf);
    }

    /** One line for holds and ledger entries, which have one field for it. */
    public String text() {
        return onBehalfOf == null ? name : name + ", on behalf of " + onBehalfOf;
    }

    private static String host(Map<String, String> environment) {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            String named = environment.get("HOSTNAME");
            return named != null && !named.isBlank() ? named : askNetwork();
        }
    }

    private static String askNetwork() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
