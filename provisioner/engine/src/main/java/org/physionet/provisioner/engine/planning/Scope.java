package org.physionet.provisioner.engine.planning;

import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * What a plan is limited to; null parts do not limit.
 *
 * @param emptied a person has decided that nobody is to read an orphan in this scope any more; else orphans are frozen
 */
public record Scope(
        @Nullable DatasetId dataset,
        @Nullable String provider,
        @Nullable ResearcherId researcher,
        @Nullable Principal principal,
        @Nullable ResourceId resource,
        boolean emptied) {
    public static final Scope ALL = new Scope(null, null, null, null, null);

    public Scope(
            @Nullable DatasetId dataset,
            @Nullable String provider,
            @Nullable ResearcherId researcher,
            @Nullable Principal principal,
            @Nullable ResourceId resource) {
        this(dataset, provider, researcher, principal, resource, false);
    }

    /** One edge and nothing beside it. */
    public static Scope edge(ResourceId resource, Principal principal) {
        return new Scope(null, null, null, principal, resource);
    }

    /** An orphan whose readers are to go, all of them, under the guards. */
    public static Scope emptying(ResourceId orphan) {
        return new Scope(null, null, null, null, orphan, true);
    }

    public static Scope of(@Nullable DatasetId dataset, @Nullable String provider, @Nullable ResearcherId researcher) {
        return new Scope(dataset, provider, researcher, null, null);
    }

    public boolean covers(Resource candidate) {
        return (dataset == null || candidate.datasets().contains(dataset))
                && (provider == null || provider.equals(candidate.provider()))
                && (resource == null || resource.equals(candidate.id()));
    }

    /** Whether it is about one person or account: then nothing beside them is looked after. */
    public boolean personal() {
        return researcher != null || principal != null;
    }

    /** Whether everything is planned: only then may baselines move and cases close. */
    public boolean everything() {
        return equals(ALL);
    }
}
