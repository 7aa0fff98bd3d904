package org.physionet.provisioner.simulator.aws.state;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;

/**
 * An object; a write replaces it whole.
 *
 * @param headers that a read gives back: content type, user metadata and such
 * @param etag the MD5 of the data in quotes, as S3 makes it for objects uploaded in one part
 */
public record StoredObject(String key, byte[] data, Map<String, String> headers, Instant modifiedAt, String etag) {
    public StoredObject {
        headers = Map.copyOf(headers);
    }

    /** @param now cut to the second, which is all that S3's headers show */
    public static StoredObject of(String key, byte[] data, Map<String, String> headers, Instant now) {
        try {
            String md5 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(data));
            return new StoredObject(key, data, headers, now.truncatedTo(ChronoUnit.SECONDS), "\"" + md5 + "\"");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
