package org.physionet.provisioner.app.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * Every managed resource of the site, in order of its id.
 *
 * @param defaultMode the site's
 * @param findings places that the source declares and that nothing here manages, for {@code doctor} and reports
 * @param choices of the resources whose line says {@code layout: auto}
 */
public record Catalog(
        List<Resource> resources, Mode defaultMode, List<Finding> findings, Map<ResourceId, LayoutChoice> choices) {
    /** Before layouts are chosen. */
    public Catalog(List<Resource> resources, Mode defaultMode, List<Finding> findings) {
        this(resources, defaultMode, findings, Map.of());
    }

    public Catalog {
        choices = Collections.unmodifiableSortedMap(new TreeMap<>(choices));
        resources = resources.stream().sorted().toList();
        findings = List.copyOf(findings);
    }

    public List<Resource> of(DatasetId dataset) {
        return resources.stream().filter(r -> r.datasets().contains(dataset)).toList();
    }

    /**
     * A place of the source's that is not managed.
     *
     * @param evidence table and id it comes from
     * @param why for people
     * @param fix the next step
     */
    public record Finding(DatasetId dataset, String evidence, String why, String fix) {}
}
