package org.physionet.provisioner.engine.model;

/** Checks and orders that the value types share. */
final class Texts {
    private static final int LONGEST_ID = 200;

    private Texts() {}

    static void requireId(String value, String what) {
        if (value.isEmpty() || value.length() > LONGEST_ID) {
            throw new IllegalArgumentException(
                    what + ": expected 1 to " + LONGEST_ID + " characters, found " + value.length());
        }
        value.codePoints()
                .filter(c -> Character.isISOControl(c) || Character.isWhitespace(c))
                .findFirst()
                .ifPresent(c -> {
                    throw new IllegalArgumentException(what + ": white space or control character U+%04X".formatted(c));
                });
    }

    static int compareNaturally(String a, String b) {
        boolean aNumber = isNumber(a);
        boolean bNumber = isNumber(b);
        if (aNumber && bNumber) {
            int byLength = Integer.compare(a.length(), b.length());
            return byLength != 0 ? byLength : a.compareTo(b);
        }
        return aNumber ? -1 : bNumber ? 1 : a.compareTo(b);
    }

    /** A loop, because maps of a hundred thousand researchers compare millions of times. */
    private static boolean isNumber(String text) {
        if (text.length() >= 19 || (text.length() > 1 && text.charAt(0) == '0')) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
