package org.physionet.provisioner.simulator.aws.state;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Stable made-up identities for principals that exist though nobody described them ({@code --accounts open}). */
final class Synthetic {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Synthetic() {}

    /** The same id for the same ARN, always: {@code AIDA} or {@code AROA} and 17 characters. */
    static String idOf(String arn) {
        BigInteger number = hash(arn);
        StringBuilder id = new StringBuilder(arn.contains(":role/") ? "AROA" : "AIDA");
        for (int i = 0; i < 17; i++) {
            id.append(ALPHABET.charAt(number.shiftRight(5 * i).intValue() & 31));
        }
        return id.toString();
    }

    /** An account for an id of which no account is known; never the one given. */
    static String accountOf(String id, String not) {
        BigInteger range = BigInteger.valueOf(99_999_999_999L);
        String account = "9%011d".formatted(hash(id).mod(range).longValueExact());
        return account.equals(not) ? "999999999999" : account;
    }

    private static BigInteger hash(String text) {
        try {
            return new BigInteger(
                    1, MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
