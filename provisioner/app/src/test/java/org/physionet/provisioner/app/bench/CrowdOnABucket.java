package org.physionet.provisioner.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.physionet.provisioner.simulator.Operation;

/** Nearly as many people as one policy holds, let in at once: what that costs in calls is the same for one and for all. */
public final class CrowdOnABucket implements Benchmark {
    private static final int PEOPLE = 1_400;

    @Override
    public String name() {
        return "gcp-crowd";
    }

    @Override
    public String about() {
        return "calls of a run that lets %,d people onto one bucket, layout members".formatted(PEOPLE);
    }

    @Override
    public String command() {
        return "scripts/bench gcp-crowd";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (GoogleSite site = new GoogleSite("layout: members")) {
            List<Integer> people = IntStream.range(0, PEOPLE).boxed().toList();
            site.people(people, List.of());
            site.forgetCalls();
            long began = System.nanoTime();
            site.run(0);
            double millis = (System.nanoTime() - began) / 1e6;
            List<Figure> figures = new ArrayList<>();
            site.calls().forEach(row -> figures.add(Figure.of(row.method(), (double) row.count(), "calls")));
            long all = site.count(Operation.Kind.READ) + site.count(Operation.Kind.WRITE);
            figures.add(Figure.under(3 + 1, "read, write, read back", (double) all, "calls"));
            figures.add(Figure.under(
                    1,
                    "of them can not read",
                    (double) people.stream().filter(n -> !site.canRead(n)).count(),
                    "people"));
            figures.add(Figure.of("the run took", millis, "ms"));
            return figures;
        }
    }
}
