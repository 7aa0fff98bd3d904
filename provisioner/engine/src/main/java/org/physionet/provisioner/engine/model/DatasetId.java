package org.physionet.provisioner.engine.model;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One published project version, {@code slug/version}, e.g. {@code mimiciv/3.1}.
 *
 * @param slug letters, digits, dot, hyphen and underscore, 1 to 100 characters
 * @param version likewise, e.g. {@code 3.1}
 */
public record DatasetId(String slug, String version) implements Comparable<DatasetId> {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Comparator<DatasetId> ORDER =
            Comparator.comparing(DatasetId::slug).thenComparing(DatasetId::version);

    public DatasetId {
        requirePart(slug, "slug");
        requirePart(version, "version");
    }

    /** @throws IllegalArgumentException if the text is not {@code slug/version} */
    public static DatasetId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || slash != text.lastIndexOf('/')) {
            throw new IllegalArgumentException("dataset: expected slug/version, found \"" + text + "\"");
        }
        return new DatasetId(text.substring(0, slash), text.substring(slash + 1));
    }

    private static void requirePart(String part, String what) {
        if (!PART.matcher(part).matches()) {
            throw new IllegalArgumentException(
                    "dataset " + what + ": expected letters, digits, '.', '_' or '-', found \"" + part + "\"");
        }
    }

    @Override
    public int compareTo(DatasetId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return slug + "/" + version;
    }
}
