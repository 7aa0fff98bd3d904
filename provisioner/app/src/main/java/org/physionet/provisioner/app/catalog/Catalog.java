package org.physionet.provisioner.app.catalog;

import java.util.List;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Resource;

/**
 * Every managed resource of the site, in order of its id.
 *
 * @param defaultMode the site's
 * @param findings places that the source declares and that nothing here manages, for {@code doctor} and reports
 */
public record Catalog(List<Resource> resources, Mode defaultMode, List<Finding> findings) {
    public Catalog {
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
