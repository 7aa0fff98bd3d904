package org.physionet.provisioner.engine.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of one section, unknown keys already refused and defaults filled in.
 *
 * @param section for error messages, e.g. {@code gcp}
 * @param values by key; secrets included, so {@link #toString} shows keys only
 * @param base what relative paths are relative to: the configuration file's folder
 */
public record Settings(String section, Map<String, String> values, Path base) {
    public Settings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public @Nullable String get(String key) {
        return values.get(key);
    }

    public Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** @throws IllegalArgumentException naming the key if it is missing */
    public String require(String key) {
        String value = values.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(section + "." + key + ": expected a value, found none");
        }
        return value;
    }

    public Path path(String key) {
        return base.resolve(require(key)).normalize();
    }

    @Override
    public String toString() {
        return section + values.keySet();
    }
}
