package org.physionet.provisioner.engine.eligibility;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/** For one training type or one dataset's approvals: each person's latest end, sparse, ordered by person. */
final class Ends {
    /** A term without end. */
    static final long FOREVER = Long.MAX_VALUE;

    private int[] people = new int[8];
    private long[] ends = new long[8];
    private int size;

    /** Must be called with people in ascending order; of several ends of one person the latest counts. */
    void add(int person, Instant end) {
        long micros = micros(end);
        if (size > 0 && people[size - 1] == person) {
            ends[size - 1] = Math.max(ends[size - 1], micros);
            return;
        }
        if (size == people.length) {
            people = Arrays.copyOf(people, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        people[size] = person;
        ends[size++] = micros;
    }

    /** People whose term is in force at an instant, given in microseconds, rounded up. */
    RoaringBitmap inForce(long at) {
        RoaringBitmapWriter<RoaringBitmap> writer = RoaringBitmapWriter.writer().get();
        for (int i = 0; i < size; i++) {
            if (ends[i] >= at) {
                writer.add(people[i]);
            }
        }
        return writer.get();
    }

    /** People whose term has run out. */
    RoaringBitmap runOut(long at) {
        RoaringBitmapWriter<RoaringBitmap> writer = RoaringBitmapWriter.writer().get();
        for (int i = 0; i < size; i++) {
            if (ends[i] < at) {
                writer.add(people[i]);
            }
        }
        return writer.get();
    }

    /** A person's latest end in microseconds; {@link #FOREVER} also for someone who has none. */
    long of(int person) {
        int i = Arrays.binarySearch(people, 0, size, person);
        return i < 0 ? FOREVER : ends[i];
    }

    /** Every end that is to come, at or after an instant. */
    void forEachFrom(long at, EndConsumer action) {
        for (int i = 0; i < size; i++) {
            if (ends[i] >= at && ends[i] != FOREVER) {
                action.accept(people[i], ends[i]);
            }
        }
    }

    /** Takes a person's number and latest end in microseconds. */
    @FunctionalInterface
    interface EndConsumer {
        void accept(int person, long end);
    }

    /** Whole microseconds, rounded down: sources keep no finer time. */
    static long micros(Instant instant) {
        return instant.equals(Instant.MAX)
                ? FOREVER
                : Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000L);
    }

    /** Whole microseconds, rounded up, so that an end is before the instant exactly when it is fewer. */
    static long microsUp(Instant instant) {
        Instant down = instant.truncatedTo(ChronoUnit.MICROS);
        return micros(down) + (down.equals(instant) ? 0 : 1);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }
}
