package org.physionet.provisioner.app.bench;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Resource;

/** What a large dataset costs at AWS: filled from nothing, then with a hundred changes scattered over all its access points. */
public final class ShardsFromNothing implements Benchmark {
    private static final int PEOPLE = 10_000;
    private static final int CHANGES = 100;
    private static final int SHARDS = 14;
    private static final int CALLS_EACH = 4;

    @Override
    public String name() {
        return "aws-shards";
    }

    @Override
    public String about() {
        return "%,d researchers on one S3 dataset from nothing, then %d scattered changes".formatted(PEOPLE, CHANGES);
    }

    @Override
    public String command() {
        return "scripts/bench aws-shards";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (AmazonSite site = new AmazonSite()) {
            Resource resource = AmazonSite.resource("large");
            List<Integer> people = IntStream.range(0, PEOPLE).boxed().collect(Collectors.toList());
            Observation nothing = site.observe(resource, Places.UNKNOWN);
            site.forgetCalls();
            long began = System.nanoTime();
            Places places = site.make(resource, nothing, AmazonSite.target(people), Places.UNKNOWN);
            double cold = (System.nanoTime() - began) / 1e6;
            double coldCalls = site.calls();
            Observation full = site.observe(resource, places);

            Collections.shuffle(people, new Random(1));
            TreeSet<Integer> changed = new TreeSet<>(people.subList(CHANGES / 2, PEOPLE));
            IntStream.range(PEOPLE, PEOPLE + CHANGES / 2).forEach(changed::add);
            Target target = AmazonSite.target(changed);
            int touched = site.render(resource, full, target, places).writes().size();
            site.forgetCalls();
            began = System.nanoTime();
            site.make(resource, full, target, places);
            double scattered = (System.nanoTime() - began) / 1e6;
            int shards = full.documents().size();
            return List.of(
                    Figure.under(SHARDS + 1, "access points", shards, ""),
                    Figure.under(shards * CALLS_EACH + 1, "calls, from nothing", coldCalls, "calls"),
                    Figure.of("it took", cold, "ms"),
                    Figure.of("access points touched by the changes", touched, ""),
                    Figure.under(touched * CALLS_EACH + 1, "calls for the changes", site.calls(), "calls"),
                    Figure.of("they took", scattered, "ms"));
        }
    }
}
