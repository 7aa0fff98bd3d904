package org.physionet.provisioner.app.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;

/**
 * One difference between what should be and what is.
 *
 * @param finding one of {@link #KINDS}
 * @param principal as the provider writes it; null: it is about the resource
 * @param recorded the recorded state of the edge; null: none is recorded
 * @param reasons why it should not be, or what was seen
 * @param cure how it would be put right
 */
record Drift(
        String finding,
        Resource at,
        @Nullable DatasetId dataset,
        @Nullable String principal,
        @Nullable ResearcherId researcher,
        @Nullable String recorded,
        List<String> reasons,
        Cure cure) {
    static final String USUAL = "usual";
    static final String UNSEEN = "unseen";

    static final List<String> KINDS = List.of("missing", "extra", "widened", "dead", "orphan", "shadow", USUAL, UNSEEN);
    private static final int ID_LENGTH = 12;

    /** The same for the same difference, however often it is looked at: hexadecimal digits, which commands take. */
    String id() {
        // What is usual at a provider is told by its text alone.
        String way = cure instanceof Cure.Way one ? one.way() : finding.equals(USUAL) ? String.join("\n", reasons) : "";
        return digest(
                        finding,
                        at.id().text(),
                        String.valueOf(principal),
                        cure.getClass().getSimpleName(),
                        way)
                .substring(0, ID_LENGTH);
    }

    /** Another one when what is told of it has changed. */
    String fingerprint() {
        return digest(reasons.toArray(String[]::new));
    }

    private static String digest(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
