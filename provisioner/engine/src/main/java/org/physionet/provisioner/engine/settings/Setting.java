package org.physionet.provisioner.engine.settings;

import org.jspecify.annotations.Nullable;

/**
 * One configuration key.
 *
 * @param key below its section, dots for nesting, e.g. {@code url}
 * @param fallback the default, null: none
 * @param secret never printed, not even in errors
 * @param meaning one sentence for {@code doctor} and the reference
 */
public record Setting(String key, @Nullable String fallback, boolean secret, String meaning) {
    public static Setting of(String key, @Nullable String fallback, String meaning) {
        return new Setting(key, fallback, false, meaning);
    }

    public static Setting secret(String key, String meaning) {
        return new Setting(key, null, true, meaning);
    }
}
