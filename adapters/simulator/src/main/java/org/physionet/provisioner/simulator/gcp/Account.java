package org.physionet.provisioner.simulator.gcp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * A Google account, or the fact that an address has none.
 *
 * @param email in the account's own spelling
 * @param uid decimal, unique; what a deleted account is still known by
 */
record Account(String email, String uid, Status status) {
    enum Status {
        ACTIVE("active"),
        SUSPENDED("suspended"),
        DELETED("deleted"),
        NOT_GOOGLE("not-google");

        final String spelling;

        Status(String spelling) {
            this.spelling = spelling;
        }
    }

    String key() {
        return Addresses.key(email);
    }

    Account with(Status next) {
        return new Account(email, uid, next);
    }

    /** The id of an account that nobody gave one: the same in every world. */
    static String uidOf(String address, int generation) {
        byte[] seed = (Addresses.key(address) + "#" + generation).getBytes(StandardCharsets.UTF_8);
        BigInteger number = new BigInteger(1, Hashes.sha256(seed)).mod(BigInteger.TEN.pow(20));
        return "1" + String.format("%020d", number);
    }
}
