package org.physionet.provisioner.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * How long Google's rate makes it to put many people into a group, by the world's clock: the rate is the floor, and whoever
 * loses access in the same run does not wait for the others.
 */
public final class GroupAtARate implements Benchmark {
    private static final int NEWCOMERS = 10_000;
    private static final int HOLDERS = 500;
    private static final int LEAVERS = 40;

    /** Directory API: 2,400 queries a minute (facts/gcp.md 1). */
    private static final double A_SECOND = 2_400 / 60.0;

    private static final Duration BETWEEN_RUNS = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "gcp-group";
    }

    @Override
    public String about() {
        return "%,d people into a group of %,d that %d leave, at 2,400 calls a minute"
                .formatted(NEWCOMERS, HOLDERS, LEAVERS);
    }

    @Override
    public String command() {
        return "scripts/bench gcp-group";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (GoogleSite site = new GoogleSite("layout: group, group: readers@example.org")) {
            site.people(numbers(0, HOLDERS), List.of());
            site.run(0);
            site.pass(BETWEEN_RUNS);
            site.people(numbers(LEAVERS, HOLDERS + NEWCOMERS), numbers(0, LEAVERS));
            site.forgetCalls();
            Duration before = site.passed();
            int logged = events(site).size();
            long began = System.nanoTime();
            site.run(0);
            double real = (System.nanoTime() - began) / 1e9;
            double seconds = site.passed().minus(before).toMillis() / 1e3;
            List<Figure> figures = new ArrayList<>();
            site.calls()
                    .forEach(row ->
                            figures.add(Figure.of(row.method() + " " + row.outcome(), (double) row.count(), "calls")));
            double floor = (NEWCOMERS + LEAVERS) / A_SECOND;
            figures.add(Figure.of("floor", floor, "s"));
            figures.add(Figure.under(1.1 * floor, "the run, by the world's clock", seconds, "s"));
            figures.addAll(order(events(site).subList(logged, events(site).size())));
            figures.add(Figure.of("the run, by this machine's clock", real, "s"));
            return figures;
        }
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private record Event(boolean joins, Instant at) {}

    /** Who came and went, in the order in which it happened. */
    private static List<Event> events(GoogleSite site) throws Exception {
        return StreamSupport.stream(site.auditLog().path("entries").spliterator(), false)
                .filter(entry ->
                        name(entry).endsWith(".addGroupMember") || name(entry).endsWith(".removeGroupMember"))
                .map(entry -> new Event(
                        name(entry).endsWith(".addGroupMember"),
                        Instant.parse(entry.path("timestamp").asText())))
                .toList();
    }

    private static String name(JsonNode entry) {
        return entry.path("protoPayload").path("methodName").asText();
    }

    private static List<Figure> order(List<Event> events) {
        int last = 0;
        for (int i = 0; i < events.size(); i++) {
            last = events.get(i).joins() ? last : i;
        }
        long before = events.subList(0, last).stream().filter(Event::joins).count();
        double after =
                Duration.between(events.getFirst().at(), events.get(last).at()).toMillis() / 1e3;
        return List.of(
                Figure.of(
                        "people who left",
                        (double) events.stream().filter(event -> !event.joins()).count(),
                        ""),
                Figure.under(1, "joined before the last had left", (double) before, ""),
                Figure.of("from the first to the last who left", after, "s"));
    }
}
