package org.physionet.provisioner.app.demo;

/**
 * A cloud identity that somebody in the demo has or had.
 *
 * @param researcher whose it is; empty: a stranger
 * @param kind {@code google} or {@code aws}
 * @param login what they sign in with: the address, or the AWS user's unique id
 * @param arn of an AWS user, empty otherwise
 */
record Identity(String researcher, String kind, String login, String arn) {
    static Identity stranger() {
        return new Identity("", "google", "mallory@example.org", "");
    }

    boolean isAws() {
        return kind.equals("aws");
    }

    boolean fits(String scheme) {
        return scheme.equals("s3") == isAws();
    }
}
