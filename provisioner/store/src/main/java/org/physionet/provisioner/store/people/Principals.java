package org.physionet.provisioner.store.people;

import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;

/** How a principal is kept: its committed value is kind, space, key; its spelling stands beside, because providers and people respell it. */
public final class Principals {
    private Principals() {}

    public static String value(Principal principal) {
        if (principal.kind().indexOf(' ') >= 0) {
            throw new IllegalArgumentException("identity kind with a space: \"" + principal.kind() + "\"");
        }
        return principal.kind() + " " + principal.key();
    }

    /** Null where it is the key: that is most of them, and a text that is not kept need not be read. */
    public static @Nullable String spelling(Principal principal) {
        return principal.text().equals(principal.key()) ? null : principal.text();
    }

    public static Principal of(String value, @Nullable String spelling) {
        int space = value.indexOf(' ');
        String key = value.substring(space + 1);
        return new Principal(value.substring(0, space), key, spelling == null ? key : spelling);
    }

    /** An identity's value as people read it. */
    static String shown(Identity.Kind kind, String value, @Nullable String spelling) {
        return kind == Identity.Kind.PRINCIPAL ? of(value, spelling).text() : value;
    }
}
