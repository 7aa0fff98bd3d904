package org.physionet.provisioner.worlds.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.worlds.cloud.Identities;
import org.physionet.provisioner.worlds.cloud.ShardAdapter;

/** Which datasets live where in one world: at least three resources, in both clouds. */
final class Layout {
    static final List<String> DATASETS = List.of("open-notes/1.0", "mimic/3.1", "reviewed/2.0");
    static final String CURATOR = "curator@example.org";

    final List<Resource> resources = new ArrayList<>();

    Layout(RandomGenerator random) {
        add("gs://alpha", "gcp", "members", 0);
        add("bq://project.beta", "gcp", "members", 1);
        add("s3://gamma/", "aws", "conditions", 2);
        add(random.nextBoolean() ? "s3://delta-named/" : "s3://delta/", "aws", "principals", 1);
        if (random.nextInt(3) == 0) {
            add("gs://epsilon", "gcp", "members", 0, 1);
        }
        if (random.nextInt(3) == 0) {
            add("s3://zeta/", "aws", "principals", 0);
        }
    }

    private void add(String id, String provider, String layout, int... datasets) {
        TreeSet<DatasetId> all = new TreeSet<>();
        for (int n : datasets) {
            all.add(DatasetId.parse(DATASETS.get(n)));
        }
        TreeSet<Principal> keep = new TreeSet<>();
        if (provider.equals("gcp")) {
            keep.add(Identities.of(CURATOR));
        }
        resources.add(new Resource(
                new ResourceId(id),
                provider,
                layout,
                Map.of(),
                Mode.ENFORCE,
                all,
                Resource.Admits.ALL,
                keep,
                "catalog"));
    }

    Resource resource(ResourceId id) {
        return resources.stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    }

    Resource resource(int n) {
        return resources.get(Math.floorMod(n, resources.size()));
    }

    /** Only AWS has several layouts in these worlds. */
    void change(int n) {
        Resource resource = resource(n);
        if (resource.provider().equals("aws")) {
            resources.set(resources.indexOf(resource), ShardAdapter.changed(resource));
        }
    }

    boolean kept(Resource resource, String id) {
        return resource.keep().contains(Identities.of(id));
    }
}
