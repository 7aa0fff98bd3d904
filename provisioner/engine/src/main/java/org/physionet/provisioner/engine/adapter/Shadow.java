package org.physionet.provisioner.engine.adapter;

/**
 * A way to the data that is not written on the resource itself.
 *
 * @param who as the provider writes it, e.g. {@code user:chris@example.org}
 * @param path how it leads there, from where it is granted to the resource, e.g. {@code folders/12 → projects/p: roles/owner}
 * @param certain false: it could not be seen whether it leads there, e.g. an ancestor that we may not read
 * @param orphan the engine's own mark is on it, and nothing here names it any more, e.g. the group of an earlier layout
 */
public record Shadow(String who, String path, boolean certain, boolean orphan) {
    /** One that is not of the engine's own making. */
    public Shadow(String who, String path, boolean certain) {
        this(who, path, certain, false);
    }
}
