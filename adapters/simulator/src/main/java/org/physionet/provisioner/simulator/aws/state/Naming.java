package org.physionet.provisioner.simulator.aws.state;

import java.util.Locale;
import java.util.Random;

/** Names that AWS makes up, drawn from the world's seed. */
public final class Naming {
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Naming() {}

    /** {@code AIDA}, {@code AROA}, {@code AKIA}, … and 17 characters (IAM user guide, "Unique identifiers"). */
    public static String uniqueId(String prefix, Random random) {
        return prefix + characters(UPPER, 17, random);
    }

    /** Of an access key: 40 characters. */
    public static String secret(Random random) {
        return characters(SECRET, 40, random);
    }

    public static String token(Random random) {
        return "FwoGZXIvYXdzE" + characters(SECRET, 200, random);
    }

    public static String requestId(Random random) {
        return characters("0123456789ABCDEF", 16, random);
    }

    /** Of an access point: 20 characters of its name, 34 of its own, {@code -s3alias}; at most 63 in all. */
    public static String alias(String name, Random random) {
        String start = name.substring(0, Math.min(20, name.length()));
        return start + "-" + characters(UPPER, 34, random).toLowerCase(Locale.ROOT) + "-s3alias";
    }

    /** The account's canonical user id: 64 digits made from its number. */
    public static String canonicalId(String account) {
        return account.repeat(6).substring(0, 64);
    }

    /** Of grants and events: eight, four, four, four and twelve hexadecimal digits. */
    public static String uuid(Random random) {
        String hex = characters("0123456789abcdef", 32, random);
        return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private static String characters(String alphabet, int count, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
