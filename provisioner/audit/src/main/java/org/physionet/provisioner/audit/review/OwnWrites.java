package org.physionet.provisioner.audit.review;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Analysis;

/**
 * Who watches the watcher: each of our own writes that the ledger tells is looked for in the clouds' logs, as far as these cover
 * its time, and each change that a log puts down to the engine is looked for in the ledger. What matches nothing is told.
 */
final class OwnWrites {
    /** From the ledger's intent to the provider's log, and back. */
    private static final Duration AFTER_INTENT = Duration.ofMinutes(10);

    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);
    private static final String GROUP = "GROUP";

    private final Analysis analysis;
    private final Recorded recorded;
    private final Rules rules;
    /** By resource and time: of which member of a group each change is told; the empty text: of none. */
    private final Map<String, NavigableMap<Instant, List<String>>> changes = new HashMap<>();

    private final Map<String, NavigableSet<Instant>> channels = new HashMap<>();
    private final Map<String, Set<LocalDate>> days = new HashMap<>();
    private final Map<String, List<Group>> unrecorded = new TreeMap<>();

    OwnWrites(Analysis analysis, Recorded recorded, Rules rules) {
        this.analysis = analysis;
        this.recorded = recorded;
        this.rules = rules;
    }

    void tell(Review.Teller teller) {
        if (recorded.writes().isEmpty() && rules.engine().isEmpty()) {
            return;
        }
        Map<String, NavigableSet<Instant>> meant = new HashMap<>();
        recorded.writes()
                .forEach(write -> meant.computeIfAbsent(write.resource(), _ -> new TreeSet<>())
                        .add(write.at()));
        Instant begins = recorded.places().stream()
                .map(Recorded.Place::firstSeen)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        analysis.each(
                "select s.who_key, s.principal, s.resource, s.moment, s.moment, 1, 0, s.n, s.log, s.bucket, s.key,"
                        + " s.engine, s.operation, s.detail from {policy_act} s where s.action = 'POLICY' order by s.n",
                row -> {
                    Group group = Group.of(row);
                    Instant at = group.first();
                    String key = row.text(11);
                    boolean ofGroup = key != null && key.startsWith("group:");
                    channels.computeIfAbsent(ofGroup ? GROUP : row.required(9), _ -> new TreeSet<>())
                            .add(at);
                    boolean engine = row.flag(12);
                    List<String> about = about(group.resource(), row.text(10), key);
                    if (engine || rules.engine().isEmpty()) {
                        String member = ofGroup ? member(row.text(14)) : "";
                        about.forEach(resource -> changes.computeIfAbsent(resource, _ -> new TreeMap<>())
                                .computeIfAbsent(at, _ -> new ArrayList<>())
                                .add(member));
                    }
                    if (!engine
                            || at.isBefore(begins)
                            || about.stream().anyMatch(resource -> isMeant(meant, resource, at))) {
                        return;
                    }
                    String resource = about.size() == 1 ? about.getFirst() : null;
                    unrecorded
                            .computeIfAbsent(row.text(13) + " " + resource, _ -> new ArrayList<>())
                            .add(group.at(resource));
                });
        String day = "s.moment - mod(s.moment, " + Analysis.DAY + ")";
        analysis.each(
                "select distinct s.log, " + day + " from {seen} s",
                row -> days.computeIfAbsent(row.required(1), _ -> new HashSet<>())
                        .add(LocalDate.ofEpochDay(row.number(2) / Analysis.DAY)));
        unrecorded.forEach((what, groups) -> sayUnrecorded(teller, what, groups));
        unconfirmed(teller);
    }

    private static boolean isMeant(Map<String, NavigableSet<Instant>> meant, String resource, Instant at) {
        Instant before = meant.getOrDefault(resource, new TreeSet<>()).floor(at.plus(CLOCKS_APART));
        return before != null && before.plus(AFTER_INTENT).isAfter(at);
    }

    /** The managed resources that a change is about: of a group, an access point or a whole bucket all that it serves. */
    private List<String> about(@Nullable String resource, @Nullable String bucket, @Nullable String key) {
        List<String> all = new ArrayList<>();
        for (Recorded.Place place : recorded.places()) {
            boolean whole = resource == null && bucket != null && bucket.equals(place.bucket());
            boolean group = bucket == null
                    && key != null
                    && place.group() != null
                    && key.equalsIgnoreCase("group:" + place.group());
            boolean point = key != null
                    && key.startsWith("accesspoint/")
                    && place.documents().contains(key.substring("accesspoint/".length()));
            if (place.resource().equals(resource) || whole || group || point) {
                all.add(place.resource());
            }
        }
        return all;
    }

    private static void sayUnrecorded(Review.Teller teller, String what, List<Group> groups) {
        Group first = groups.getFirst();
        Group all = new Group(
                first.key(),
                first.principal(),
                first.resource(),
                first.first(),
                groups.getLast().last(),
                groups.size(),
                0,
                first.number());
        teller.tell(
                Code.UNRECORDED_WRITE,
                Code.UNRECORDED_WRITE.usual(),
                all,
                "the engine's own identity changed who has access (" + what.split(" ", 2)[0] + "), " + all.times()
                        + ", and the ledger has no write of ours there at that time: somebody else used its credentials, or a"
                        + " part of the ledger is missing");
    }

    private void unconfirmed(Review.Teller teller) {
        Map<String, List<Instant>> lost = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (Recorded.Write write : recorded.writes()) {
            Instant accepted = write.acceptedAt();
            if (accepted != null
                    && isCovered(write)
                    && seen.add(write.resource() + " " + write.at() + " " + write.whom())
                    && !isLogged(write, accepted)) {
                lost.computeIfAbsent(write.resource(), _ -> new ArrayList<>()).add(write.at());
            }
        }
        lost.forEach((resource, times) -> {
            times.sort(null);
            Group group = new Group(null, null, resource, times.getFirst(), times.getLast(), times.size(), 0, null);
            teller.tell(
                    Code.UNCONFIRMED_WRITE,
                    Code.UNCONFIRMED_WRITE.usual(),
                    group,
                    "the ledger tells a write of ours, " + group.times()
                            + ", that the provider took, and no log has it although"
                            + " they cover that time: either the log was cut, or the ledger says what was not done");
        });
    }

    private static String member(@Nullable String detail) {
        int space = detail == null ? -1 : detail.indexOf(' ');
        return space < 0 ? "" : String.valueOf(detail).substring(space + 1);
    }

    /** By a change of the resource at that time that is not told of somebody else. */
    private boolean isLogged(Recorded.Write write, Instant accepted) {
        return changes
                .getOrDefault(write.resource(), new TreeMap<>())
                .subMap(write.at().minus(CLOCKS_APART), true, accepted.plus(CLOCKS_APART), true)
                .values()
                .stream()
                .flatMap(List::stream)
                .anyMatch(member -> member.isEmpty() || write.isAbout(member));
    }

    /** Changes of that kind were logged before and after, and something was logged on that day. */
    private boolean isCovered(Recorded.Write write) {
        boolean amazon = write.resource().startsWith("s3://");
        String log = amazon ? "CLOUDTRAIL" : "CLOUD_AUDIT";
        boolean known = recorded.places().stream()
                .anyMatch(place -> place.resource().equals(write.resource())
                        // Its calls name neither bucket nor folder.
                        && !place.layout().equals("access-grants"));
        NavigableSet<Instant> told =
                channels.getOrDefault(write.document().startsWith("group ") ? GROUP : log, new TreeSet<>());
        return known
                && told.lower(write.at().minus(CLOCKS_APART)) != null
                && told.higher(write.at().plus(AFTER_INTENT)) != null
                && days.getOrDefault(log, Set.of()).contains(LocalDate.ofInstant(write.at(), ZoneOffset.UTC));
    }
}
