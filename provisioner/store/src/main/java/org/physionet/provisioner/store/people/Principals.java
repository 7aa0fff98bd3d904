package org.physionet.provisioner.store.people;

import org.physionet.provisioner.engine.model.Principal;

/** How a principal is kept: its committed value is kind, space, key; its spelling stands beside, because providers and people respell it. */
public final class Principals {
    private Principals() {}

    static String value(Principal principal) {
        if (principal.kind().indexOf(' ') >= 0) {
            throw new IllegalArgumentException("identity kind with a space: \"" + principal.kind() + "\"");
        }
        return principal.kind() + " " + principal.key();
    }

    public static Principal of(String value, String spelling) {
        int space = value.indexOf(' ');
        return new Principal(value.substring(0, space), value.substring(space + 1), spelling);
    }
}
