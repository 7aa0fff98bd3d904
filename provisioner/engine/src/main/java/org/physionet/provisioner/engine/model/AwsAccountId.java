package org.physionet.provisioner.engine.model;

import java.util.regex.Pattern;

/** An AWS account: twelve digits, leading zeros kept. */
public record AwsAccountId(String value) {
    private static final Pattern FORM = Pattern.compile("\\d{12}");

    public AwsAccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("AWS account: expected 12 digits, found \"" + value + "\"");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
