package org.physionet.provisioner.app.catalog;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * A dataset as the catalog file names it.
 *
 * @param mode null: the site's
 * @param keep principals that are never removed from its resources
 * @param resources exactly its resources; null: those of the source
 * @param line in the file
 */
record CatalogEntry(
        DatasetId dataset,
        @Nullable Mode mode,
        SortedSet<Principal> keep,
        @Nullable List<Place> resources,
        int line) {

    /**
     * A resource as the catalog file names it.
     *
     * @param mode null: its dataset's
     * @param sharedWith further datasets that live there
     * @param admits null: everyone of all its datasets
     */
    record Place(
            Kinds.Offer offer,
            ResourceId id,
            String layout,
            Map<String, String> options,
            @Nullable Mode mode,
            SortedSet<DatasetId> sharedWith,
            Resource.@Nullable Admits admits,
            SortedSet<Principal> keep,
            int line) {}
}
