package org.physionet.provisioner.adapters.aws;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * A bucket and the prefix below it where data lives.
 *
 * @param bucket by S3's naming rules for general-purpose buckets
 * @param prefix ends with a slash, or is empty for the whole bucket. Narrower than S3's keys: characters that mean
 *     something in a policy's patterns ({@code * ? $}) would open more than is written, so they are refused
 */
public record S3Location(String bucket, String prefix) {
    private static final String SCHEME = "s3://";
    private static final int LONGEST_PREFIX = 512;
    private static final int MARK_LENGTH = 13;
    private static final int RADIX = 32;
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern RESERVED_BUCKET = Pattern.compile(
            "(xn--|sthree-|amzn-s3-demo-).*|.*(-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)|\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9!_.'()+=@,:&;~-]+");

    public S3Location {
        if (!BUCKET.matcher(bucket).matches() || RESERVED_BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
            throw new IllegalArgumentException("S3 bucket: expected 3 to 63 of a-z, 0-9, dot and hyphen, not an address"
                    + " or a reserved name, found \"" + bucket + "\"");
        }
        if (prefix.length() > LONGEST_PREFIX) {
            throw new IllegalArgumentException("S3 prefix: expected at most " + LONGEST_PREFIX + " characters, found "
                    + prefix.length() + " (\"" + prefix.substring(0, 40) + "…\")");
        }
        if (!prefix.isEmpty()) {
            requireSegments(prefix);
        }
    }

    /**
     * Reads {@code BUCKET/PREFIX/} or {@code BUCKET/}, with or without {@code s3://}.
     *
     * @throws IllegalArgumentException if it breaks the grammar; the message says how
     */
    public static S3Location parse(String text) {
        String location = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        int slash = location.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("S3 location: expected BUCKET/PREFIX/, found \"" + text
                    + "\"; to mean the whole bucket write \"" + location + "/\"");
        }
        return new S3Location(location.substring(0, slash), location.substring(slash + 1));
    }

    public static S3Location of(ResourceId id) {
        return parse(id.text());
    }

    public ResourceId id() {
        return new ResourceId(SCHEME + bucket + "/" + prefix);
    }

    /**
     * 13 characters a-v and 0-9 that stand for this location in names and Sids: always the same, telling nothing of it, and
     * no other location's.
     */
    public String mark() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(id().text().getBytes(StandardCharsets.UTF_8));
            // a leading one keeps leading zeros of the digest
            return new BigInteger(1, digest)
                    .setBit(digest.length * Byte.SIZE)
                    .toString(RADIX)
                    .substring(1, 1 + MARK_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void requireSegments(String prefix) {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("S3 prefix: expected a slash at its end (\"" + prefix
                    + "\" would also match \"" + prefix + "1/\"), write \"" + prefix + "/\"");
        }
        for (String segment : prefix.substring(0, prefix.length() - 1).split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("S3 prefix: expected parts of letters, digits and !_.'()+=@,:&;~-"
                        + " between single slashes, found \"" + segment + "\" in \"" + prefix + "\"");
            }
        }
    }
}
