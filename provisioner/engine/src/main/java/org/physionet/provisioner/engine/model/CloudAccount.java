package org.physionet.provisioner.engine.model;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A linked identity as the source states it. Its kind says which adapter can turn it into a {@link Principal}.
 *
 * @param kind the identity kind, e.g. {@code google} or {@code aws}; adapters declare which one they take
 * @param id what names the account within its kind: the verified e-mail, the unique id {@code AIDA…}
 * @param attributes more that is known of it, by name, e.g. {@code account} and {@code arn} for {@code aws},
 *     {@code subject} for {@code google}; no secrets
 * @param unusable why access must not be given to it (never verified, another user's address), or null if it may
 * @param unreadable whether it is unusable because it could not be understood: then nobody knows who it is, and what its
 *     owner had before is left alone (CONTRACT, "What the engine may touch")
 */
public record CloudAccount(
        String kind,
        String id,
        Map<String, String> attributes,
        @Nullable String unusable,
        boolean unreadable) {
    /** Kind of Google accounts; {@link #id} is the verified e-mail. */
    public static final String GOOGLE = "google";

    /** Kind of AWS IAM identities; {@link #id} is the unique id, attributes {@code account} and {@code arn}. */
    public static final String AWS = "aws";

    public CloudAccount {
        attributes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** One that is understood. */
    public CloudAccount(String kind, String id, Map<String, String> attributes, @Nullable String unusable) {
        this(kind, id, attributes, unusable, false);
    }

    public boolean usable() {
        return unusable == null;
    }
}
