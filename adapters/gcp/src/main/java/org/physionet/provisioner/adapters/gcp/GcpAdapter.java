package org.physionet.provisioner.adapters.gcp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.Access;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.adapter.Capabilities;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** Chooses the layout for a resource; Google's libraries are loaded by the first call that needs one. */
final class GcpAdapter implements Adapter {
    /** Propagation of a policy: 2 minutes typical, 7 and more possible (facts/gcp.md 2, row 20). */
    private static final Duration TYPICAL = Duration.ofMinutes(2);

    /** What one bucket, one dataset, and one caller of the Directory take a second (facts/gcp.md 1). */
    private static final List<Budget> BUDGETS = List.of(
            new Budget("gcp/storage", 1.0, 1, new TreeSet<>(Set.of("storage.buckets.setIamPolicy"))),
            new Budget("gcp/bigquery", 0.5, 5, new TreeSet<>(Set.of("bigquery.datasets.patch"))),
            new Budget(
                    "gcp/directory",
                    40.0,
                    40,
                    new TreeSet<>(
                            Set.of("directory.members.insert", "directory.members.delete", "directory.members.list"))));

    private static final Capabilities CAPABILITIES = new Capabilities(true, false, TYPICAL, TYPICAL, BUDGETS);

    private final Access access;
    private final AdapterContext context;
    private @Nullable GcpLayouts layouts;

    GcpAdapter(Access access, AdapterContext context) {
        this.access = access;
        this.context = context;
    }

    private synchronized Layout layout(Resource resource) {
        if (layouts == null) {
            layouts = new GcpLayouts(access, context);
        }
        return layouts.of(resource);
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        return layout(resource).observe(resource);
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        return layout(resource).render(resource, observation, target);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        return layout(resource).write(resource, write);
    }

    @Override
    public List<Check> check(Resource resource) {
        return layout(resource).check(resource);
    }

    @Override
    public List<String> howTo(Resource resource, Principal principal, @Nullable String place) {
        return Instructions.of(resource, principal);
    }

    @Override
    public Optional<String> diagnose(String errorText) {
        return Refusals.diagnose(errorText);
    }

    @Override
    public synchronized void close() {
        if (layouts != null) {
            layouts.close();
            layouts = null;
        }
    }
}
