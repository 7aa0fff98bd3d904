package org.physionet.provisioner.store.queue;

/** Work that is asked for, one piece for each subject: asked for twice before it began, it is done once. */
public interface Errand {
    /** Unique among errands; stays the same from release to release. */
    String name();

    /**
     * Does it. May be done again from the start when the instance died at it, so it must not matter whether it was done
     * before.
     *
     * @param subject as asked for
     * @return false: not done, try again later, each time after a longer wait. An exception counts as that
     */
    boolean perform(String subject);
}
