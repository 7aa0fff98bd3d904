package org.physionet.provisioner.audit.review;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;

/** Who read from two places between which nobody can travel in the time between: an identity that somebody else has, too. */
final class Journeys {
    /** Of an aeroplane, with what it takes to board it left out in the reader's favour. */
    private static final double FASTEST_KM_PER_HOUR = 1000;
    /** Neighbouring places are the same to whoever drew the ranges. */
    private static final double NEAR_KM = 300;

    private final Analysis analysis;
    private final Rules rules;
    private final Map<String, Optional<PlaceRange>> places = new HashMap<>();

    Journeys(Analysis analysis, Rules rules) {
        this.analysis = analysis;
        this.rules = rules;
    }

    /** One read from a place that is known. */
    private record Read(Group group, PlaceRange place) {
        Instant at() {
            return group.first();
        }
    }

    /** The first improbable step of somebody, and how many there are. */
    private static final class Found {
        private final Read before;
        private final Read first;
        private Instant last;
        private long count;

        Found(Read before, Read first) {
            this.before = before;
            this.first = first;
            this.last = first.at();
        }
    }

    void tell(Review.Teller teller) {
        if (rules.places().isEmpty()) {
            return;
        }
        Map<String, Read> latest = new HashMap<>();
        Map<String, Found> found = new HashMap<>();
        analysis.each(
                "select s.who_key, s.principal, s.resource, s.moment, s.moment, 1, 0, s.n, s.ip from {seen} s"
                        + " where s.allowed and s.action in ('READ', 'LIST') and s.resource is not null and s.who = 'NAMED'"
                        + " and not s.exempt and s.ip is not null order by s.n",
                row -> {
                    PlaceRange place = placeOf(row.required(9));
                    Group group = Group.of(row);
                    String key = group.key();
                    if (place == null || key == null) {
                        return;
                    }
                    Read read = new Read(group, place);
                    Read before = latest.put(key, read);
                    if (before != null && improbable(before, read)) {
                        Found one = found.computeIfAbsent(key, _ -> new Found(before, read));
                        one.count++;
                        one.last = group.first();
                    }
                });
        found.values().forEach(one -> say(teller, one));
    }

    private @Nullable PlaceRange placeOf(String ip) {
        return places.computeIfAbsent(
                        ip,
                        address -> rules.places().stream()
                                .filter(place -> place.range().contains(address))
                                .findFirst())
                .orElse(null);
    }

    private static boolean improbable(Read before, Read after) {
        double distance = before.place().kilometresTo(after.place());
        double hours = Duration.between(before.at(), after.at()).toMillis() / 3_600_000d;
        return distance > NEAR_KM && distance > FASTEST_KM_PER_HOUR * hours;
    }

    private static void say(Review.Teller teller, Found found) {
        Group first = found.first.group();
        Group group = new Group(
                first.key(),
                first.principal(),
                first.resource(),
                first.first(),
                found.last,
                found.count,
                0,
                first.number());
        teller.tell(
                Code.IMPROBABLE_PLACE,
                Code.IMPROBABLE_PLACE.usual(),
                group,
                "read from " + found.first.place().label() + " "
                        + Duration.between(found.before.at(), found.first.at()) + " after "
                        + found.before.place().label() + ", "
                        + Math.round(found.before.place().kilometresTo(found.first.place()))
                        + " km away; such steps: " + found.count
                        + ". Somebody else may have the identity, or it goes through a network elsewhere");
    }
}
