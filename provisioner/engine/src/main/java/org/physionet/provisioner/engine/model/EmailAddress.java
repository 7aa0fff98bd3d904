package org.physionet.provisioner.engine.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address in the spelling in which it was verified. Two addresses are the same mailbox when their
 * {@link #matchKey()}s are equal; Google compares accounts that way (facts/gcp.md 2, row 21).
 *
 * @param spelling as verified, NFC, no white space; written to providers as it is
 */
public record EmailAddress(String spelling) {
    private static final Pattern FORM =
            Pattern.compile("[^\\s@:,;<>()\\[\\]\\\\\"\\p{Cntrl}]{1,64}@[^\\s@:,;<>()\\[\\]\\\\\"\\p{Cntrl}]{1,190}");

    public EmailAddress {
        spelling = Normalizer.normalize(spelling.strip(), Normalizer.Form.NFC);
        if (!FORM.matcher(spelling).matches() || spelling.indexOf('.', spelling.indexOf('@')) < 0) {
            throw new IllegalArgumentException("e-mail address: expected name@domain, found \"" + spelling + "\"");
        }
    }

    /** Lower case; for gmail.com and googlemail.com also without dots and {@code +tag}, and with the domain gmail.com. */
    public String matchKey() {
        String lower = spelling.toLowerCase(Locale.ROOT);
        int at = lower.indexOf('@');
        String domain = lower.substring(at + 1);
        if (!domain.equals("gmail.com") && !domain.equals("googlemail.com")) {
            return lower;
        }
        String local = lower.substring(0, at);
        int plus = local.indexOf('+');
        return (plus < 0 ? local : local.substring(0, plus)).replace(".", "") + "@gmail.com";
    }

    @Override
    public String toString() {
        return spelling;
    }
}
