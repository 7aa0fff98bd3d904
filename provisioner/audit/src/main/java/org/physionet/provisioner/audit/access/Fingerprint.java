package org.physionet.provisioner.audit.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Hexadecimal SHA-256 over values in their text form, told apart from each other. */
public final class Fingerprint {
    private Fingerprint() {}

    public static String of(@Nullable Object... values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object value : values) {
                byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
                digest.update((text.length + (value == null ? "-" : "+")).getBytes(StandardCharsets.UTF_8));
                digest.update(text);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
