package org.physionet.provisioner.simulator.gcp;

import java.util.Locale;
import java.util.regex.Pattern;

/** E-mail addresses as Google compares them (facts/gcp.md 2, row 21). */
final class Addresses {
    private static final Pattern FORM =
            Pattern.compile("[^\\s@:,;<>()\\[\\]\\\\\"\\p{Cntrl}]{1,64}@[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)+");

    private Addresses() {}

    static boolean wellFormed(String address) {
        return FORM.matcher(address).matches();
    }

    /** Equal for two spellings of one account: case folded; for Gmail also dots, {@code +tag} and the old domain. */
    static String key(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        String domain = lower.substring(at + 1);
        if (at < 0 || !domain.equals("gmail.com") && !domain.equals("googlemail.com")) {
            return lower;
        }
        String local = lower.substring(0, at);
        int plus = local.indexOf('+');
        return (plus < 0 ? local : local.substring(0, plus)).replace(".", "") + "@gmail.com";
    }

    static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** One of Google's own, such as what writes a log sink's objects. */
    static boolean serviceAgent(String address) {
        return wellFormed(address) && domain(address).matches("gcp-sa-[a-z]+\\.iam\\.gserviceaccount\\.com");
    }

    static boolean serviceAccount(String address) {
        return domain(address).endsWith("gserviceaccount.com");
    }
}
