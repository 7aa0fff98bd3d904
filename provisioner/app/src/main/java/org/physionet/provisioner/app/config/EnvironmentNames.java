package org.physionet.provisioner.app.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a key is called in the environment: {@code guards.maxRevocations} is {@code PROVISIONER_GUARDS_MAX_REVOCATIONS}. */
final class EnvironmentNames {
    static final String PREFIX = "PROVISIONER_";

    /** The launcher's own. */
    private static final Pattern LAUNCHER = Pattern.compile("PROVISIONER_JAVA_[A-Z_]+");

    /** What Kubernetes sets in every container beside a service that is called provisioner. */
    private static final Pattern KUBERNETES = Pattern.compile(
            "PROVISIONER_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT(_[0-9]+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)?)");

    private EnvironmentNames() {}

    static String of(String key) {
        return PREFIX
                + key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                        .replaceAll("[^A-Za-z0-9]", "_")
                        .toUpperCase(Locale.ROOT);
    }

    /** Whether a variable with our prefix is surely not meant as a key. */
    static boolean isForeign(String variable) {
        return LAUNCHER.matcher(variable).matches()
                || KUBERNETES.matcher(variable).matches();
    }
}
