package org.physionet.provisioner.simulator.gcp;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/** The digests that Google shows. */
final class Hashes {
    private Hashes() {}

    static byte[] sha256(byte[] data) {
        return digest("SHA-256", data);
    }

    /** Base64, as {@code md5Hash} of an object. */
    static String md5(byte[] data) {
        return Base64.getEncoder().encodeToString(digest("MD5", data));
    }

    /** Base64 of the big-endian checksum, as {@code crc32c} of an object. */
    static String crc32c(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        byte[] bytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] digest(String algorithm, byte[] data) {
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
