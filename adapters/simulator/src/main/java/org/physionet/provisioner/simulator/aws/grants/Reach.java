package org.physionet.provisioner.simulator.aws.grants;

import java.util.Locale;
import java.util.Optional;
import org.physionet.provisioner.simulator.aws.state.AccessGrant;

/**
 * What a scope or a target covers: all keys of a bucket with a beginning, or one object.
 *
 * @param key the beginning of the keys, or the key
 * @param exact it is one object
 */
record Reach(String bucket, String key, boolean exact) {

    static Reach of(AccessGrant grant) {
        // Without a star at its end a scope is one key (S3 API reference, AccessGrantsLocationConfiguration) or a whole
        // bucket.
        boolean open = grant.scope().endsWith("*") || bare(grant.scope());
        return read(grant.scope(), grant.object() || !open).orElseThrow();
    }

    /** @return empty if it is no {@code s3://BUCKET/…} */
    static Optional<Reach> ofTarget(String target, boolean object) {
        return read(target, object);
    }

    private static boolean bare(String scope) {
        return scope.indexOf('/', "s3://".length()) < 0;
    }

    private static Optional<Reach> read(String uri, boolean exact) {
        if (!uri.toLowerCase(Locale.ROOT).startsWith("s3://") || uri.length() == "s3://".length()) {
            return Optional.empty();
        }
        String path = uri.substring("s3://".length());
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path.replace("*", "") : path.substring(0, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        boolean star = !exact && key.endsWith("*");
        return Optional.of(new Reach(bucket, star ? key.substring(0, key.length() - 1) : key, exact));
    }

    /** Whether everything that the other covers is covered. */
    boolean covers(Reach other) {
        if (!bucket.equals(other.bucket)) {
            return false;
        }
        return exact ? other.exact && key.equals(other.key) : other.key.startsWith(key);
    }
}
