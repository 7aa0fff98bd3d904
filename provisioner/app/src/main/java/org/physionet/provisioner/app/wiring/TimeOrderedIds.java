package org.physionet.provisioner.app.wiring;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.physionet.provisioner.engine.time.Ids;

/** UUIDv7 (RFC 9562, 5.7): 48 bits of time in milliseconds, then chance. Sorts by time across instances. */
public final class TimeOrderedIds implements Ids {
    private final InstantSource clock;
    private final RandomGenerator random;

    public TimeOrderedIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String next(String prefix) {
        long high = clock.millis() << 16 | 0x7000 | random.nextLong() & 0x0fff;
        long low = 0x8000_0000_0000_0000L | random.nextLong() & 0x3fff_ffff_ffff_ffffL;
        return prefix + "-" + new UUID(high, low);
    }
}
