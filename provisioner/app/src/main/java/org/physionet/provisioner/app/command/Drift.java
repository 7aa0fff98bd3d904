package org.physionet.provisioner.app.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * One difference between what should be and what is.
 *
 * @param finding one of {@link #KINDS}
 * @param principal as the provider writes it; null: it is about the resource
 * @param recorded the recorded state of the edge; null: none is recorded
 * @param reasons why it should not be, or what was seen
 */
record Drift(
        String finding,
        ResourceId resource,
        @Nullable DatasetId dataset,
        @Nullable String principal,
        @Nullable ResearcherId researcher,
        @Nullable String recorded,
        List<String> reasons) {
    static final String USUAL = "usual";

    static final List<String> KINDS =
            List.of("missing", "extra", "widened", "dead", "orphan", "shadow", USUAL, "unseen");
}
