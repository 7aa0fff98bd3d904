package org.physionet.provisioner.engine.model;

import java.util.regex.Pattern;

/** IAM's unique id of a user ({@code AIDA…}) or role ({@code AROA…}); never reused (facts/aws.md A1.4). */
public record AwsUniqueId(String value) {
    private static final Pattern FORM = Pattern.compile("(AIDA|AROA)[A-Z0-9]{8,124}");

    public AwsUniqueId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "AWS unique id: expected AIDA or AROA and upper-case letters and digits, found \"" + value + "\"");
        }
    }

    public boolean isUser() {
        return value.startsWith("AIDA");
    }

    @Override
    public String toString() {
        return value;
    }
}
