package org.physionet.provisioner.app.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.Resource.Admits;

/**
 * Resources that are opened by one door, such as a group: whoever goes through it reaches all of them. So it is for those
 * who are entitled to every dataset behind it, unless the catalog says {@code any} of each, and the most careful mode holds.
 */
final class SharedDoors {
    private SharedDoors() {}

    static List<Resource> joined(Collection<Resource> resources, Kinds kinds) {
        Map<String, List<Resource>> byDoor = new TreeMap<>();
        for (Resource resource : resources) {
            door(resource, kinds)
                    .ifPresent(door -> byDoor.computeIfAbsent(resource.provider() + " " + door, d -> new ArrayList<>())
                            .add(resource));
        }
        List<Resource> all = new ArrayList<>();
        for (Resource resource : resources) {
            List<Resource> together = door(resource, kinds)
                    .map(door -> byDoor.getOrDefault(resource.provider() + " " + door, List.of()))
                    .orElse(List.of());
            all.add(together.size() < 2 ? resource : joined(resource, together));
        }
        return List.copyOf(all);
    }

    private static Optional<String> door(Resource resource, Kinds kinds) {
        return kinds.ofScheme(resource.id().scheme())
                .flatMap(offer -> offer.kind().sharedDoor(resource.layout(), resource.options()));
    }

    private static Resource joined(Resource one, List<Resource> together) {
        SortedSet<DatasetId> datasets = new TreeSet<>();
        SortedSet<Principal> keep = new TreeSet<>();
        together.forEach(r -> {
            datasets.addAll(r.datasets());
            keep.addAll(r.keep());
        });
        boolean any = together.stream().allMatch(r -> r.admits() == Admits.ANY);
        Mode careful = together.stream()
                .map(Resource::mode)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new Resource(
                one.id(),
                one.provider(),
                one.layout(),
                one.options(),
                careful,
                datasets,
                any ? Admits.ANY : Admits.ALL,
                keep,
                one.origin());
    }
}
