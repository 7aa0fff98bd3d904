package org.physionet.provisioner.store;

import static org.physionet.provisioner.store.Sample.BUCKET;
import static org.physionet.provisioner.store.Sample.RUN;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.EdgeRecord.Holding;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.EdgeResult.Stage;

/** Times the store's steps on many edges and prints them; the numbers of docs/reference/store.md come from it. */
public final class Measure {
    private static final int BATCH = 1_000;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Measure() {}

    public static void main(String[] arguments) {
        int edges = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        List<Backend> backends =
                arguments.length > 1 ? List.of(Backend.valueOf(arguments[1])) : List.of(Backend.values());
        for (Backend backend : backends) {
            System.out.printf("%s, %,d people with one edge each%n", backend, edges);
            StoreConfig config = backend.fresh();
            try (SqlStore store = Backend.open(config)) {
                fill(store, edges);
            }
            for (int i = 0; i < 3; i++) {
                time("open for reading and view()", () -> {
                    try (SqlStore store = SqlStore.open(config, InstantSource.fixed(Sample.NOON), OpenMode.READ)) {
                        return store.view().edges().size();
                    }
                });
            }
        }
        System.exit(0);
    }

    private static void fill(SqlStore store, int edges) {
        Sample.begin(store);
        List<Researcher> people = new ArrayList<>();
        Map<ResearcherId, List<Principal>> links = new HashMap<>();
        Map<Principal, List<Holding>> holdings = new HashMap<>();
        List<EdgeChange> changes = new ArrayList<>();
        for (int i = 0; i < edges; i++) {
            ResearcherId id = new ResearcherId("1" + i);
            Principal principal = Sample.google("person" + i + "@example.org");
            people.add(Sample.researcher(id, "person" + i));
            links.put(id, List.of(principal));
            holdings.put(principal, List.of(Sample.holding(id)));
            changes.add(Sample.grant(principal, Sample.holding(id)));
        }
        time("remember, all new", () -> remember(store, people, links));
        time("remember, nothing new", () -> remember(store, people, links));
        time("intend, " + BATCH + " at once", () -> {
            for (int from = 0; from < edges; from += BATCH) {
                store.intend(RUN, Sample.minutes(1), BUCKET, "p", changes.subList(from, Math.min(edges, from + BATCH)));
            }
            return edges;
        });
        for (Stage stage : List.of(Stage.ACCEPTED, Stage.PROVEN)) {
            time("conclude " + stage + ", " + BATCH + " at once", () -> {
                for (int from = 0; from < edges; from += BATCH) {
                    store.conclude(
                            RUN,
                            changes.subList(from, Math.min(edges, from + BATCH)).stream()
                                    .map(c -> new EdgeResult(
                                            Action.GRANT, BUCKET, c.principal(), stage, Sample.minutes(2), ""))
                                    .toList());
                }
                return edges;
            });
        }
        time("witnessed, nothing new", () -> {
            store.witnessed(RUN, Sample.minutes(3), BUCKET, holdings.keySet(), new HashSet<>(), null);
            return edges;
        });
        time("witnessed, an hour later", () -> {
            store.witnessed(RUN, Sample.minutes(90), BUCKET, holdings.keySet(), new HashSet<>(), null);
            return edges;
        });
        time("hold, nothing new", () -> {
            store.hold(RUN, Sample.minutes(3), BUCKET, holdings, null);
            return edges;
        });
        time(
                "accessAt, everybody",
                () -> store.answers().accessAt(Sample.minutes(5), null, null).size());
        time(
                "accessAt, one person",
                () -> store.answers()
                        .accessAt(Sample.minutes(5), new ResearcherId("17"), null)
                        .size());
        time(
                "events of one person",
                () -> store.answers()
                        .events(new org.physionet.provisioner.engine.store.AccessQueries.EventFilter(
                                null, new ResearcherId("17"), null, null, null, 1, 100))
                        .size());
        time("view()", () -> store.view().edges().size());
    }

    private static int remember(SqlStore store, List<Researcher> people, Map<ResearcherId, List<Principal>> links) {
        store.remember(Sample.NOON, people, links);
        return people.size();
    }

    private static void time(String what, java.util.function.IntSupplier step) {
        Instant before = Instant.now();
        long cpuBefore = PROCESS.getProcessCpuTime();
        int count = step.getAsInt();
        System.out.printf(
                "  %-32s %,7d ms, %,7d ms of processor in this process  (%,d)%n",
                what,
                Duration.between(before, Instant.now()).toMillis(),
                (PROCESS.getProcessCpuTime() - cpuBefore) / 1_000_000,
                count);
    }
}
