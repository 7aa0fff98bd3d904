package org.physionet.provisioner.engine.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ARN of an IAM user or role, its path kept: {@code arn:PARTITION:iam::ACCOUNT:user/[path/]NAME}. */
public record AwsArn(String value) {
    private static final Pattern FORM = Pattern.compile(
            "arn:(aws|aws-cn|aws-us-gov):iam::(\\d{12}):(user|role)/((?:[\\x21-\\x2e\\x30-\\x7e]+/)*)([A-Za-z0-9+=,.@_-]{1,64})");

    public AwsArn {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "AWS ARN: expected arn:aws:iam::ACCOUNT:user/NAME, found \"" + value + "\"");
        }
    }

    public String partition() {
        return part(1);
    }

    public AwsAccountId account() {
        return new AwsAccountId(part(2));
    }

    public String name() {
        return part(5);
    }

    private String part(int group) {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalStateException(value);
        }
        return matcher.group(group);
    }

    @Override
    public String toString() {
        return value;
    }
}
