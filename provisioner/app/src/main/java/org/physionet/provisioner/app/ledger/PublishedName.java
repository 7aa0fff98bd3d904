package org.physionet.provisioner.app.ledger;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.store.ledger.SignedCheckpoint;

/**
 * The name of a published part: the last record's number, so that names sort as the chain does; the beginning of its hash, so that a list
 * of names already shows a fork; and when it was signed.
 *
 * @param hash the first 12 digits
 */
record PublishedName(String text, long seq, String hash) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "yyyyMMdd'T'HHmmss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern FORM = Pattern.compile("(\\d{16})-([0-9a-f]{12})-\\d{8}T\\d{6}\\.\\d{6}Z\\.ndjson");

    static PublishedName of(SignedCheckpoint checkpoint) {
        String hash = checkpoint.hash().substring(0, 12);
        return new PublishedName(
                floor(checkpoint.seq()) + hash + "-" + STAMP.format(checkpoint.at()) + ".ndjson",
                checkpoint.seq(),
                hash);
    }

    /** Empty: something else that stands at the place. */
    static Optional<PublishedName> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        return matcher.matches()
                ? Optional.of(new PublishedName(name, Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** Sorts before every name of that record, and after all before it. */
    static String floor(long seq) {
        return String.format(Locale.ROOT, "%016d-", seq);
    }
}
