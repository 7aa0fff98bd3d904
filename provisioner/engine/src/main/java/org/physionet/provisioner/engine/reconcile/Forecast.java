package org.physionet.provisioner.engine.reconcile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.store.RecordView;

/**
 * What a plan will cost: the reads that every run makes, one write per document that changes, and reading back.
 *
 * @param calls by method of the provider's reference
 * @param writes how many of them change something
 * @param upkeep what documents need although nobody moves
 * @param bytes of documents sent
 * @param seconds at the adapters' declared rates
 * @param notes what the layouts say about it, by resource
 */
public record Forecast(
        SortedMap<String, Integer> calls,
        int writes,
        List<Upkeep> upkeep,
        long bytes,
        long seconds,
        Map<ResourceId, List<String>> notes) {
    public Forecast {
        calls = Collections.unmodifiableSortedMap(new TreeMap<>(calls));
        upkeep = List.copyOf(upkeep);
        notes = Map.copyOf(notes);
    }

    public int total() {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** @param looksAfter whether the run would do upkeep as well */
    static Forecast of(Plan plan, Clouds clouds, RecordView record, Aliases aliases, boolean looksAfter) {
        SortedMap<String, Integer> calls = new TreeMap<>();
        List<Upkeep> upkeep = new ArrayList<>();
        Map<ResourceId, List<String>> notes = new HashMap<>();
        long bytes = 0;
        int writes = 0;
        for (ResourcePlan resource : plan.resources()) {
            Observation observation = resource.observation();
            if (observation == null) {
                continue;
            }
            add(calls, observation.calls());
            Adapter adapter = clouds.adapters().get(resource.resource().provider());
            if (resource.mode() == Mode.OBSERVE || adapter == null) {
                continue;
            }
            Rendering rendering = adapter.render(
                    resource.resource(),
                    observation,
                    aliases.name(ResourcePlan.target(observation, resource.changes(), resource.kept())),
                    Survey.placesOf(resource.resource(), record));
            List<String> said = new ArrayList<>(rendering.notes());
            adapter.room(resource.resource(), observation)
                    .filter(Room::narrow)
                    .ifPresent(room -> said.add("nearly full: " + room.used() + " of " + room.limit() + " "
                            + room.unit() + "; " + room.advice()));
            if (!said.isEmpty()) {
                notes.put(resource.resource().id(), said);
            }
            List<Write> needed = rendering.writes().stream()
                    .filter(write -> looksAfter || !Upkeep.movesNobody(write))
                    .toList();
            if (needed.isEmpty()) {
                continue;
            }
            for (Write write : needed) {
                if (!write.upkeep().isEmpty()) {
                    upkeep.add(Upkeep.of(resource, write));
                }
                add(calls, write.calls());
                bytes += write.bytes();
                writes += write.calls().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
            }
            add(calls, observation.calls());
        }
        return new Forecast(calls, writes, upkeep, bytes, seconds(calls, clouds), notes);
    }

    private static void add(SortedMap<String, Integer> calls, Map<String, Integer> more) {
        more.forEach((method, count) -> calls.merge(method, count, Integer::sum));
    }

    private static long seconds(Map<String, Integer> calls, Clouds clouds) {
        double longest = 0;
        for (Adapter adapter : clouds.adapters().values()) {
            for (Budget budget : adapter.capabilities().budgets()) {
                int spent = budget.methods().stream()
                        .mapToInt(method -> calls.getOrDefault(method, 0))
                        .sum();
                longest = Math.max(longest, (spent - budget.burst()) / budget.perSecond());
            }
        }
        return (long) Math.ceil(longest);
    }
}
