package org.physionet.provisioner.engine.model;

import java.util.regex.Pattern;

/**
 * Where a dataset lives, in its one canonical form: {@code gs://BUCKET}, {@code bq://PROJECT.DATASET},
 * {@code s3://BUCKET/PREFIX}. The adapter that owns the scheme checks the rest against the provider's grammar.
 */
public record ResourceId(String text) implements Comparable<ResourceId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*://[^\\s\\p{Cntrl}]{1,1500}");

    public ResourceId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("resource: expected scheme://location, found \"" + text + "\"");
        }
    }

    public String scheme() {
        return text.substring(0, text.indexOf("://"));
    }

    public String location() {
        return text.substring(text.indexOf("://") + 3);
    }

    @Override
    public int compareTo(ResourceId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
