package org.physionet.provisioner.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeRecord;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.RunId;
import org.physionet.provisioner.engine.store.Store;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.state.Adoptions;
import org.physionet.provisioner.store.state.Changes;
import org.physionet.provisioner.store.state.Reads;
import org.physionet.provisioner.store.state.Recording;
import org.physionet.provisioner.store.state.Resources;
import org.physionet.provisioner.store.state.Standing;

/** What is recorded of resources and of the edges there, each in one transaction that looks at the writer's lease. */
abstract class SqlEdges implements Store {
    final Database database;
    final InstantSource clock;

    SqlEdges(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void resourceSeen(
            Instant at,
            Resource resource,
            boolean awaitsAdoption,
            int readers,
            SortedSet<String> documents,
            @Nullable Lease lease) {
        Recording.step(
                database,
                at,
                lease,
                recording -> Resources.seen(recording, resource, awaitsAdoption, readers, documents));
    }

    @Override
    public void place(ResourceId resource, Places places, @Nullable Lease lease) {
        Recording.step(database, clock.instant(), lease, recording -> Resources.place(recording, resource, places));
    }

    @Override
    public void adopt(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> edges, @Nullable Lease lease) {
        Recording.step(database, run, at, lease, recording -> Adoptions.adopt(recording, run, resource, edges));
    }

    @Override
    public void found(RunId run, Instant at, ResourceId resource, List<AdoptedEdge> edges, @Nullable Lease lease) {
        if (database.read(sql -> Adoptions.newsIn(sql, resource, edges))) {
            Recording.step(database, run, at, lease, recording -> Adoptions.found(recording, run, resource, edges));
        }
    }

    @Override
    public void intend(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            List<EdgeChange> changes,
            @Nullable Lease lease) {
        Recording.step(
                database, run, at, lease, recording -> Changes.intend(recording, run, resource, document, changes));
    }

    @Override
    public void upkeep(
            RunId run,
            Instant at,
            ResourceId resource,
            String document,
            String what,
            EdgeResult.@Nullable Stage stage,
            @Nullable Lease lease) {
        Recording.step(
                database, run, at, lease, recording -> Changes.upkeep(recording, run, resource, document, what, stage));
    }

    @Override
    public boolean conclude(RunId run, List<EdgeResult> results, @Nullable Lease lease) {
        AtomicBoolean held = new AtomicBoolean(true);
        results.stream()
                .map(EdgeResult::at)
                .max(Instant::compareTo)
                .ifPresent(at -> Recording.step(
                        database, run, at, recording -> held.set(Changes.conclude(recording, run, results, lease))));
        return held.get();
    }

    @Override
    public void witnessed(
            RunId run,
            Instant at,
            ResourceId resource,
            Collection<Principal> present,
            Collection<Principal> gone,
            @Nullable Lease lease) {
        if (database.read(sql -> Reads.newsIn(sql, at, resource, present, gone))) {
            Recording.step(
                    database, run, at, lease, recording -> Reads.witnessed(recording, run, resource, present, gone));
        }
    }

    @Override
    public void hold(
            RunId run,
            Instant at,
            ResourceId resource,
            Map<Principal, List<EdgeRecord.Holding>> holdings,
            @Nullable Lease lease) {
        if (!database.read(sql -> Standing.differences(sql, resource, holdings)).isEmpty()) {
            Recording.step(database, run, at, lease, recording -> Standing.hold(recording, run, resource, holdings));
        }
    }

    @Override
    public void revocationDetected(
            RunId run, Instant at, ResourceId resource, Collection<Principal> principals, @Nullable Lease lease) {
        if (!database.read(sql -> Standing.undetected(sql, resource, principals))
                .isEmpty()) {
            Recording.step(
                    database, run, at, lease, recording -> Standing.detect(recording, run, resource, principals));
        }
    }
}
