package org.physionet.provisioner.engine.guards;

/**
 * What is behind a change, as far as a guard cares.
 *
 * @param key stable, the same for every change with this cause
 * @param text for people
 * @param systemic a changed requirement, rule or catalog line, rather than the people themselves
 * @param fact the key of the fact that changed, for a systemic one; empty otherwise
 */
public record Cause(String key, String text, boolean systemic, String fact) {
    /** Not counted: an end known in advance, a block, a replaced identity, an ordinary admission. */
    public static final Cause NONE = new Cause("", "", false, "");

    public static Cause ofPeople(String why) {
        return new Cause("people:" + why, "no longer entitled: " + why, false, "");
    }

    public static Cause ofFact(String key, String text) {
        return new Cause("fact:" + key + ":" + text, text, true, key);
    }

    public boolean counted() {
        return !key.isEmpty();
    }
}
