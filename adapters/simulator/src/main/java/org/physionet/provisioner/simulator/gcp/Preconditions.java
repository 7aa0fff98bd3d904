package org.physionet.provisioner.simulator.gcp;

import java.util.Optional;

/** Storage's {@code if…Match} parameters: 412 if a match fails, 304 if a read's "not match" does. */
final class Preconditions {
    private Preconditions() {}

    static void metageneration(Call call, long found) {
        check(call, "ifMetagenerationMatch", "ifMetagenerationNotMatch", found);
    }

    /** @param found 0 if there is no live object */
    static void generation(Call call, long found) {
        check(call, "ifGenerationMatch", "ifGenerationNotMatch", found);
    }

    private static void check(Call call, String match, String notMatch, long found) {
        Optional<Long> wanted = call.number(match);
        Optional<Long> unwanted = call.number(notMatch);
        if (wanted.isPresent() && wanted.get() != found) {
            throw GoogleError.stale();
        }
        if (unwanted.isPresent() && unwanted.get() == found) {
            boolean reading = Call.method(call.request()).equals("GET");
            throw reading ? new GoogleError(304, "notModified", "Not Modified") : GoogleError.stale();
        }
    }
}
