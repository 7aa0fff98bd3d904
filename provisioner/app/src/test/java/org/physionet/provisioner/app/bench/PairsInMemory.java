package org.physionet.provisioner.app.bench;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.physionet.provisioner.adapters.aws.OptIns;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.accesspoints.AccessPointLayout;
import org.physionet.provisioner.adapters.aws.accesspoints.Form;
import org.physionet.provisioner.adapters.aws.accesspoints.Shard;
import org.physionet.provisioner.adapters.aws.accesspoints.ShardWrite;
import org.physionet.provisioner.adapters.aws.accesspoints.Shards;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;

/** Access points without a cloud: policies rendered, read back from their text, compared, and diffed with another target. */
public final class PairsInMemory implements Benchmark {
    private static final int DATASETS = 10;
    private static final int PEOPLE = 10_000;

    @Override
    public String name() {
        return "aws-memory";
    }

    @Override
    public String about() {
        return "%,d pairs (%d S3 datasets) rendered, compared with their text and diffed, from memory"
                .formatted(DATASETS * PEOPLE, DATASETS);
    }

    @Override
    public String command() {
        return "scripts/bench aws-memory";
    }

    @Override
    public List<Figure> measure() throws Exception {
        Target all = AmazonSite.target(IntStream.range(0, PEOPLE).boxed().toList());
        Target later =
                AmazonSite.target(IntStream.range(100, PEOPLE + 100).boxed().toList());
        List<AccessPointLayout> datasets =
                IntStream.range(0, DATASETS).mapToObj(n -> layout("set-" + n)).toList();
        long began = System.nanoTime();
        int written = 0;
        for (AccessPointLayout dataset : datasets) {
            written += there(dataset, all, later);
        }
        double first = (System.nanoTime() - began) / 1e6;
        Timing again = Timing.of(2, 7, () -> datasets.forEach(dataset -> there(dataset, all, later)));
        Timing work = Timing.ofWork(0, 7, () -> datasets.forEach(dataset -> there(dataset, all, later)));
        return List.of(
                Figure.of("policies", written, ""),
                Figure.of("first time in a JVM", first, "ms"),
                Figure.under(1000, "median of 7", again.median(), "ms"),
                Figure.of("CPU time", work.median(), "ms"));
    }

    private static AccessPointLayout layout(String folder) {
        S3Location location = S3Location.parse(AmazonSite.BUCKET + "/" + folder + "/");
        return AccessPointLayout.of(location, "us-east-1", AmazonSite.ACCOUNT, "pn", Form.KEEP, OptIns.NONE, true);
    }

    /** @return how many policies were written; a policy that is read back as another one ends the benchmark */
    private static int there(AccessPointLayout layout, Target target, Target later) {
        Rendering rendering = layout.render(new Shards(new TreeMap<>()), new TreeMap<>(), target, Places.UNKNOWN);
        TreeMap<String, Shard> live = new TreeMap<>();
        for (Write write : rendering.writes()) {
            Policy policy = ((ShardWrite) write.payload()).policy();
            if (policy == null) {
                throw new IllegalStateException(write.document() + ": a policy was expected, found none");
            }
            Shard read = layout.policy().read(write.document(), Policy.parse(policy.render()));
            if (!read.asWritten()) {
                throw new IllegalStateException(write.document() + ": is read back as something else");
            }
            live.put(write.document(), read);
        }
        Shards shards = new Shards(live);
        Places places = Places.UNKNOWN.with(rendering.places());
        List<Write> some =
                layout.render(shards, shards.owned(true), later, places).writes();
        if (some.isEmpty() || some.stream().allMatch(write -> write.revokes().isEmpty())) {
            throw new IllegalStateException("expected people who go, found " + some.size() + " writes without any");
        }
        return live.size();
    }
}
