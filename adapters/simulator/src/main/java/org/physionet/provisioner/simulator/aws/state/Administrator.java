package org.physionet.provisioner.simulator.aws.state;

import org.physionet.provisioner.simulator.aws.policy.Caller;

/** The principal behind key {@code test}, secret {@code test}: always there, in no dump (CONTRACT, "Simulator"). */
public final class Administrator {
    public static final String KEY = "test";
    public static final String SECRET = "test";

    /** Of the form of a user's unique id. */
    public static final String ID = "AIDASIMULATORADMIN000";

    private static final String NAME = "administrator";

    private Administrator() {}

    public static String arn(String account) {
        return "arn:aws:iam::" + account + ":user/" + NAME;
    }

    public static Caller.Known caller(String account) {
        return new Caller.Known(Caller.Kind.USER, account, ID, ID, arn(account), arn(account), NAME, null);
    }
}
