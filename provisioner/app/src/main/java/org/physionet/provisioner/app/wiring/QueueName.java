package org.physionet.provisioner.app.wiring;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.store.ledger.Sha256;

/**
 * A process as the queue of work knows it, which keeps 50 characters of a name: {@code place/pid/start/chance}, the place as a digest. By it
 * whoever starts on the same machine sees that what was killed there is gone, and takes its work up at once.
 */
public final class QueueName {
    private static final int PLACE = 12;
    private static final int CHANCE = 12;
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{" + PLACE + "})/(\\d+)/(\\d+)/.+");

    private QueueName() {}

    /** @param instance of this process */
    public static String of(String instance) {
        LeaseOwner own = LeaseOwner.ofProcess("");
        return digest(own.place()) + "/" + own.pid() + "/" + own.started() + "/"
                + instance.substring(Math.max(0, instance.length() - CHANCE));
    }

    /** Whether it is certain that a process is no more; false where that can not be seen from here. */
    public static boolean isGone(String name) {
        Matcher form = FORM.matcher(name);
        LeaseOwner own = LeaseOwner.ofProcess("");
        return form.matches()
                && form.group(1).equals(digest(own.place()))
                && new LeaseOwner("", Long.parseLong(form.group(2)), Long.parseLong(form.group(3)), own.place())
                        .isGone();
    }

    private static String digest(String place) {
        return Sha256.of(place).substring(0, PLACE);
    }
}
