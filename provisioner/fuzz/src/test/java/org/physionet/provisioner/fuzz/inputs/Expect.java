package org.physionet.provisioner.fuzz.inputs;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is asked of a refusal: it says something, and names the place. */
final class Expect {
    private Expect() {}

    static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** @param place that has to be named, e.g. the file */
    static void toName(@Nullable String message, String place) {
        if (message == null || message.isBlank() || !message.contains(place)) {
            throw new AssertionError("a refusal that does not name " + place + ": " + message);
        }
    }

    static void same(@Nullable Object found, @Nullable Object expected, String what) {
        if (!Objects.equals(found, expected)) {
            throw new AssertionError(what + ": expected " + expected + ", found " + found);
        }
    }
}
