package org.physionet.provisioner.engine.planning;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.LayoutLimit;

/** Chooses a resource's layout by what each holds, and forecasts the day on which it is full. Pure: same input, same choice. */
public final class LayoutPlanner {
    /** No layout is chosen that is fuller than this from the beginning. */
    private static final double COMFORTABLE = 0.8;

    /** Nor one that is full before so many days have passed. */
    private static final int DAYS = 365;

    /** Further away than this there is no forecast. */
    private static final int DAYS_AT_MOST = 36_500;

    private LayoutPlanner() {}

    /**
     * What a layout has to hold.
     *
     * @param readers now
     * @param perDay how many more a day; below 0: fewer; 0 also where nobody knows
     */
    public record Load(double readers, double perDay) {}

    /**
     * What other resources use of a pool, and will.
     *
     * @param used in the pool's unit
     * @param perDay in the pool's unit
     */
    public record Others(double used, double perDay) {
        public static final Others NONE = new Others(0, 0);

        /** With one more. */
        public Others and(LayoutLimit limit, Load load) {
            return new Others(used + limit.used(load.readers()), perDay + limit.perReader() * load.perDay());
        }
    }

    /**
     * One layout under one load.
     *
     * @param used of the pool, in its unit, others included
     * @param fullOn the first day on which it does not hold everybody any more if things go on so; null: none is in sight
     */
    public record Forecast(
            LayoutLimit limit, double used, @Nullable LocalDate fullOn) {
        /** Whether it may be chosen: not nearly full, and not full within a year. */
        public boolean roomy(LocalDate today) {
            return used <= COMFORTABLE * limit.limit() && (fullOn == null || !fullOn.isBefore(today.plusDays(DAYS)));
        }
    }

    public static Forecast forecast(LayoutLimit limit, Load load, Others others, LocalDate today) {
        double used = others.used() + limit.used(load.readers());
        double perDay = others.perDay() + limit.perReader() * load.perDay();
        if (used > limit.limit()) {
            return new Forecast(limit, used, today);
        }
        double days = perDay > 0 ? Math.floor((limit.limit() - used) / perDay) + 1 : DAYS_AT_MOST + 1.0;
        return new Forecast(limit, used, days > DAYS_AT_MOST ? null : today.plusDays((long) days));
    }

    /**
     * The first layout that is roomy; if none is, the one that is full last, and of those the one that is least full now.
     *
     * @param limits at least one, the one to prefer first
     * @param others by pool; without an entry: nobody else uses it
     */
    public static Forecast pick(List<LayoutLimit> limits, Load load, Map<String, Others> others, LocalDate today) {
        List<Forecast> all = limits.stream()
                .map(limit -> forecast(limit, load, others.getOrDefault(limit.pool(), Others.NONE), today))
                .toList();
        return all.stream()
                .filter(forecast -> forecast.roomy(today))
                .findFirst()
                .orElseGet(() -> all.stream()
                        .max(Comparator.comparing(
                                        Forecast::fullOn, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
                                .thenComparing(f -> -f.used() / f.limit().limit()))
                        .orElseThrow());
    }
}
