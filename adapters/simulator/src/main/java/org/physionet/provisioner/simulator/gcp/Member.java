package org.physionet.provisioner.simulator.gcp;

import java.util.Arrays;
import java.util.Optional;

/**
 * Who a binding names, as IAM writes it (google.iam.v1.Binding).
 *
 * @param value address, domain, project or principal path; empty for the public kinds
 * @param uid of a deleted account; empty otherwise
 * @param key equal for two spellings of one member; kept because evaluating a policy compares it very often
 */
record Member(Kind kind, String value, String uid, String key) {
    enum Kind {
        USER("user"),
        SERVICE_ACCOUNT("serviceAccount"),
        GROUP("group"),
        DOMAIN("domain"),
        PROJECT_OWNER("projectOwner"),
        PROJECT_EDITOR("projectEditor"),
        PROJECT_VIEWER("projectViewer"),
        PRINCIPAL("principal"),
        PRINCIPAL_SET("principalSet"),
        ALL_USERS("allUsers"),
        ALL_AUTHENTICATED_USERS("allAuthenticatedUsers");

        final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        boolean isAddress() {
            return this == USER || this == SERVICE_ACCOUNT || this == GROUP;
        }
    }

    static Member of(Kind kind, String value) {
        return of(kind, value, "");
    }

    static Member of(Kind kind, String value, String uid) {
        String plain = kind.prefix + ":" + (kind.isAddress() ? Addresses.key(value) : value);
        return new Member(kind, value, uid, uid.isEmpty() ? plain : "deleted:" + plain + "?uid=" + uid);
    }

    /** The match key of the address alone. */
    String addressKey() {
        return key.substring(key.indexOf(':') + 1);
    }

    /** Whether the address, of whatever kind, has this match key. */
    boolean isAt(String addressKey) {
        return key.length() == kind.prefix.length() + 1 + addressKey.length() && key.endsWith(addressKey);
    }

    boolean deleted() {
        return !uid.isEmpty();
    }

    Member deleted(String newUid) {
        return of(kind, value, newUid);
    }

    /** Empty if the text is of no known kind. */
    static Optional<Member> parse(String text) {
        if (text.startsWith("deleted:")) {
            return parse(text.substring("deleted:".length())).flatMap(Member::splitUid);
        }
        int colon = text.indexOf(':');
        String prefix = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.prefix.equals(prefix))
                .filter(kind -> value.isEmpty() == (kind == Kind.ALL_USERS || kind == Kind.ALL_AUTHENTICATED_USERS))
                .findFirst()
                .map(kind -> of(kind, value));
    }

    @Override
    public String toString() {
        String plain = value.isEmpty() ? kind.prefix : kind.prefix + ":" + value;
        return deleted() ? "deleted:" + plain + "?uid=" + uid : plain;
    }

    private static Optional<Member> splitUid(Member member) {
        int at = member.value.indexOf("?uid=");
        if (at < 0 || !member.kind.isAddress() || member.value.length() == at + 5) {
            return Optional.empty();
        }
        return Optional.of(of(member.kind, member.value.substring(0, at), member.value.substring(at + 5)));
    }
}
