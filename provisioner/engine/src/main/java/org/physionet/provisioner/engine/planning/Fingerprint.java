package org.physionet.provisioner.engine.planning;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** One text for one set of changes: what was approved is what is applied. */
public final class Fingerprint {
    private Fingerprint() {}

    /** Hex SHA-256 over the changes in plan order; every printed field counts. */
    public static String of(List<Change> changes) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
        for (Change change : changes.stream().sorted().toList()) {
            String line = String.join(
                    "\u0000",
                    change.action().text(),
                    change.researcher() == null ? "" : change.researcher().value(),
                    change.dataset().toString(),
                    change.resource().text(),
                    change.principal().text(),
                    String.join(",", change.reasons()),
                    change.expiresAt() == null ? "" : change.expiresAt().toString());
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
