package org.physionet.provisioner.adapters.aws.policy;

/** How our statements are told from everybody else's: by their Sid (DESIGN, "Adapters"). */
public final class Marks {
    /** Every statement of ours has a Sid that begins so. */
    public static final String SID_PREFIX = "Provisioner";

    private Marks() {}

    public static boolean isOurs(Statement statement) {
        return statement.sid().startsWith(SID_PREFIX);
    }
}
