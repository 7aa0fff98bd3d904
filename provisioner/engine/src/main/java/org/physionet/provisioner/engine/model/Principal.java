package org.physionet.provisioner.engine.model;

import java.util.Comparator;

/**
 * The canonical form of an identity in one provider. Two principals are equal when kind and key are, however they are
 * spelled: providers spell one principal in several ways.
 *
 * @param kind the identity kind ({@link CloudAccount#kind()})
 * @param key what equality is decided by, made by the adapter, e.g. {@code user:} and the address's match key
 * @param text how it is written in outputs and to the provider: {@code user:EMAIL}, {@code AIDA…}
 */
public record Principal(String kind, String key, String text) implements Comparable<Principal> {
    private static final Comparator<Principal> ORDER =
            Comparator.comparing(Principal::kind).thenComparing(Principal::key);

    @Override
    public boolean equals(Object other) {
        return other instanceof Principal that && kind.equals(that.kind) && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + key.hashCode();
    }

    @Override
    public int compareTo(Principal other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text;
    }
}
