package org.physionet.provisioner.store.people;

import java.util.Locale;
import org.physionet.provisioner.store.ledger.Reference;
import org.physionet.provisioner.store.ledger.Sha256;

/**
 * Something about a person, as the rest of the record sees it.
 *
 * @param ref the opaque reference that the ledger shows
 */
public record Identity(int id, String ref, Kind kind) implements Reference {
    /** What the value of an identity is. */
    public enum Kind {
        /** The source's id of a researcher. */
        RESEARCHER,
        USERNAME,
        /** An identity kind, a space, and the canonical key. */
        PRINCIPAL,
        /** Who acted: an operating-system user and host, or a signed-in subject. */
        ACTOR,
        /** Words of a person or a provider; they may name anybody. */
        TEXT;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind ofText(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public boolean subject() {
        return kind == Kind.RESEARCHER || kind == Kind.PRINCIPAL;
    }

    /**
     * What the ledger holds instead of the value: SHA-256 over salt, kind, a line feed, and the value. Without the salt, which is
     * erased with the value, nobody can guess it.
     */
    public static String commitment(String salt, Kind kind, String value) {
        return Sha256.of(salt, kind.text(), "\n", value);
    }

    /** By what a value is found again while it is known. */
    public static String lookup(Kind kind, String value) {
        return Sha256.of(kind.text(), "\n", value);
    }
}
