package org.physionet.provisioner.worlds.play;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.worlds.truth.Truth;

/**
 * What a run could know when it began.
 *
 * @param owner the instance
 * @param began by the machine's clock
 * @param step the world's step then
 * @param seen the truth as the source gave it, holds included
 * @param trusted whether the source was fit to move people
 * @param before the truth as the last whole run with a fit source had it, and as runs since then had it that were killed or
 *     about one person: each may have recorded when somebody's access ends
 * @param recorded the resources that the record knew
 * @param mayWrite whether it is more than a look
 */
record Knowledge(
        String owner,
        Instant began,
        long step,
        Truth seen,
        boolean trusted,
        List<Truth> before,
        Set<ResourceId> recorded,
        boolean mayWrite) {

    static Set<String> datasets(Resource resource) {
        Set<String> all = new TreeSet<>();
        for (DatasetId dataset : resource.datasets()) {
            all.add(dataset.toString());
        }
        return all;
    }

    /** Who is entitled, by the reference. */
    Set<String> entitled(Resource resource) {
        return seen.mayRead(resource.provider(), datasets(resource), began);
    }

    /**
     * Who may be let in: people as the source gave them, with the holds as they were then or as they are now. A run that is
     * held up before it reads the record knows of a hold that was lifted meanwhile.
     */
    Set<String> mayBeLetIn(Resource resource, Truth now) {
        Truth since = seen.copy();
        since.holds.clear();
        since.holds.addAll(now.holds);
        Set<String> all = new TreeSet<>(entitled(resource));
        all.addAll(since.mayRead(resource.provider(), datasets(resource), began));
        return all;
    }

    /** Whether time alone ended it: what a fit source said last does not allow it any more. */
    boolean endedByTime(Resource resource, String id) {
        return before.isEmpty()
                || before.stream()
                        .anyMatch(t -> !t.mayRead(resource.provider(), datasets(resource), began)
                                .contains(id));
    }
}
