package org.physionet.provisioner.store.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long revocations took, as a whole and in each of their steps, by provider and layout. The one computation for whoever
 * shows it.
 *
 * @param whole from known to proven gone, wherever it was
 * @param places the steps at each place where something was measured; a step without measurements is there, empty
 */
public record RevocationClock(Times whole, SortedMap<Place, Map<Step, Times>> places) {

    /** What is timed. */
    public enum Step {
        /** From known to the last request that was sent. */
        REQUESTED,
        /** From then until the provider accepted it; not measured where its answer was lost. */
        ACCEPTED,
        /** From then until it was read back as gone. */
        READ_BACK,
        /** From known to proven gone: the steps before together. */
        GONE,
        /** From accepted to the first read that was refused, as the canaries measured it: beside reading back, not after it. */
        EFFECTIVE
    }

    /** One kind of place. */
    public record Place(String provider, String layout) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byProvider = provider.compareTo(other.provider);
            return byProvider != 0 ? byProvider : layout.compareTo(other.layout);
        }
    }

    /**
     * One revocation that was proven.
     *
     * @param requested null: it was gone before anything was sent
     * @param accepted null: no answer came
     */
    public record Revoked(
            Place place,
            Instant detected,
            @Nullable Instant requested,
            @Nullable Instant accepted,
            Instant gone) {
        private Map<Step, Duration> steps() {
            Map<Step, Duration> steps = new EnumMap<>(Step.class);
            steps.put(Step.GONE, between(detected, gone));
            if (requested != null) {
                steps.put(Step.REQUESTED, between(detected, requested));
            }
            if (requested != null && accepted != null) {
                steps.put(Step.ACCEPTED, between(requested, accepted));
            }
            if (accepted != null) {
                steps.put(Step.READ_BACK, between(accepted, gone));
            }
            return steps;
        }
    }

    /** What a canary measured at a place. */
    public record Effect(Place place, Duration time) {}

    /**
     * Times that were measured.
     *
     * @param sorted shortest first
     */
    public record Times(List<Duration> sorted) {
        public Times {
            sorted = sorted.stream().sorted().toList();
        }

        public int count() {
            return sorted.size();
        }

        /**
         * The least time that at least this share kept to (nearest rank); null: nothing was measured.
         *
         * @param share above 0, at most 1
         */
        public @Nullable Duration within(double share) {
            return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
        }
    }

    public static RevocationClock of(Collection<Revoked> revocations, Collection<Effect> effects) {
        SortedMap<Place, Map<Step, List<Duration>>> all = new TreeMap<>();
        revocations.forEach(one -> one.steps().forEach((step, time) -> add(all, one.place(), step, time)));
        effects.forEach(one -> add(all, one.place(), Step.EFFECTIVE, one.time()));
        SortedMap<Place, Map<Step, Times>> places = new TreeMap<>();
        all.forEach((place, steps) -> {
            Map<Step, Times> times = new EnumMap<>(Step.class);
            Stream.of(Step.values()).forEach(step -> times.put(step, new Times(steps.getOrDefault(step, List.of()))));
            places.put(place, times);
        });
        return new RevocationClock(
                new Times(revocations.stream()
                        .map(one -> between(one.detected(), one.gone()))
                        .toList()),
                places);
    }

    private static void add(Map<Place, Map<Step, List<Duration>>> all, Place place, Step step, Duration time) {
        all.computeIfAbsent(place, p -> new EnumMap<>(Step.class))
                .computeIfAbsent(step, s -> new ArrayList<>())
                .add(time);
    }

    /** A clock that was set back between the two makes nothing shorter than nothing. */
    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
