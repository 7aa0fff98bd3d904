package org.physionet.provisioner.app.wiring;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.catalog.Catalog;
import org.physionet.provisioner.app.catalog.Kinds;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.config.Configuration;
import org.physionet.provisioner.app.config.ConfigurationReader;
import org.physionet.provisioner.app.lookup.DatasetFinder;
import org.physionet.provisioner.app.lookup.Directory;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.pacing.Meters;
import org.physionet.provisioner.engine.planning.Growth;
import org.physionet.provisioner.engine.reconcile.Clouds;
import org.physionet.provisioner.engine.reconcile.Haste;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.reconcile.Site;
import org.physionet.provisioner.engine.reconcile.SourceReading;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;
import org.physionet.provisioner.engine.time.Ids;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.StoreConfig;

/**
 * The parts of a site for one command. Nothing is opened before it is asked for, and everything is opened once. Not safe
 * for concurrent use.
 */
public final class Wiring implements AutoCloseable {
    private final Invocation invocation;
    private final OpenMode mode;
    private final Connections connections;

    private @Nullable Parts parts;
    private @Nullable Configuration configuration;
    private @Nullable SqlStore store;
    private @Nullable RecordView view;
    private @Nullable SourceReading reading;
    private @Nullable Catalog catalog;
    private @Nullable SiteLedger ledger;
    private boolean restoring;

    /** @param mode what the command wants of the record; one that only reads needs no right to write */
    public Wiring(Invocation invocation, OpenMode mode) {
        this.invocation = invocation;
        this.mode = mode;
        this.connections = new Connections(
                invocation.surroundings().clock(),
                invocation.surroundings().sleeper(),
                mode == OpenMode.WRITE ? new SiteMeters(() -> store().meters()) : Meters.ofThisProcess());
    }

    /** For what takes lost records back: it alone may write to a record that is older than what was published. */
    public static Wiring restoring(Invocation invocation) {
        Wiring wiring = new Wiring(invocation, OpenMode.WRITE);
        wiring.restoring = true;
        return wiring;
    }

    /** The ledger's key and places. */
    public SiteLedger ledger() {
        if (ledger == null) {
            ledger = new SiteLedger(invocation, configuration(), parts().adapters(), connections.context());
        }
        return ledger;
    }

    public Parts parts() {
        if (parts == null) {
            parts = Parts.onThePath();
        }
        return parts;
    }

    public Kinds kinds() {
        return new Kinds(parts().adapters());
    }

    /** @throws UsageError if something in it is wrong */
    public Configuration configuration() {
        if (configuration == null) {
            configuration = new ConfigurationReader(
                            invocation.surroundings().environment(), parts().sources(), parts().adapters())
                    .read(
                            invocation.options().config(),
                            invocation.surroundings().workingFolder());
            configuration.notices().forEach(invocation::note);
        }
        return configuration;
    }

    public StoreConfig storeConfig() {
        Configuration site = configuration();
        try {
            return StoreConfig.of(site.store(), site.dataDir());
        } catch (IllegalArgumentException e) {
            throw new UsageError(Problem.of(String.valueOf(e.getMessage())).at(site.origin()));
        }
    }

    /** The record, opened. */
    public SqlStore store() {
        if (store == null) {
            store = SqlStore.open(storeConfig(), invocation.surroundings().clock(), mode);
            if (mode == OpenMode.WRITE && !restoring) {
                ledger().requireNotRolledBack(store);
            }
            if (mode == OpenMode.WRITE) {
                for (Lease lease : LeaseOwner.releaseOfTheDead(
                        store, invocation.surroundings().clock().instant())) {
                    invocation.note("taken over from " + lease.owner() + ", whose process is gone: " + lease.name());
                }
            }
        }
        return store;
    }

    /** The record as it was when it was first asked for. */
    public RecordView view() {
        if (view == null) {
            view = store().view();
        }
        return view;
    }

    /** What came of reading the source, once. */
    public SourceReading reading() {
        if (reading == null) {
            reading = new SourceOfSite(invocation, configuration(), parts().sources()).read();
        }
        return reading;
    }

    /** @throws WorkFailed if the source can not be read */
    public Snapshot snapshot() {
        return switch (reading()) {
            case SourceReading.Read read -> read.snapshot();
            case SourceReading.Unreadable unreadable ->
                throw new WorkFailed(Problem.of("The source can not be read: " + unreadable.why()), null);
        };
    }

    /** Every managed resource; without a readable source those of the catalog file alone. */
    public Catalog catalog() {
        if (catalog == null) {
            Instant now = invocation.surroundings().clock().instant();
            catalog = new SiteCatalog(configuration(), parts(), view(), now)
                    .of(reading(), () -> store().answers().endings(now.minus(Growth.WINDOW)));
        }
        return catalog;
    }

    /** Finds people by any name, in the source and in our record. */
    public Directory directory() {
        return new Directory(
                reading() instanceof SourceReading.Read read
                        ? read.snapshot().researchers().values()
                        : List.of(),
                view());
    }

    /** Finds people whom our record knows: for what must work without the source. */
    public Directory recordedDirectory() {
        return new Directory(List.of(), view());
    }

    /** Finds datasets by any name, in the source, the catalog and our record. */
    public DatasetFinder datasets() {
        Set<DatasetId> known = new TreeSet<>(SiteCatalog.recordedDatasets(view()));
        if (reading() instanceof SourceReading.Read read) {
            known.addAll(read.snapshot().datasets().keySet());
        }
        catalog().resources().forEach(r -> known.addAll(r.datasets()));
        return new DatasetFinder(known, catalog().resources());
    }

    /** Finds datasets that our record knows: for what must work without the source. */
    public DatasetFinder recordedDatasetFinder() {
        return DatasetFinder.ofRecord(view());
    }

    /** Connects the adapters that the site's resources need; makes no call. */
    public Clouds clouds() {
        Set<String> needed = new TreeSet<>();
        catalog().resources().stream().map(Resource::provider).forEach(needed::add);
        view().resources().values().stream().map(ResourceRecord::provider).forEach(needed::add);
        parts().adapters().stream()
                .filter(offered -> needed.contains(offered.provider()))
                .forEach(offered -> connections.connect(offered, configuration()));
        return new Clouds(connections.byProvider(), parts().identityKinds());
    }

    /** What providers offer beside access: proofs of accounts, stored logs, SQL engines. */
    public ProviderServices services() {
        return new ProviderServices(parts(), connections, configuration());
    }

    public Ids ids() {
        return new TimeOrderedIds(invocation.surroundings().clock(), new SecureRandom());
    }

    public Actor actor(@Nullable String onBehalfOf) {
        return Actor.ofProcess(invocation.surroundings().environment(), onBehalfOf);
    }

    /** What the engine works with, with connected clouds. */
    public Site site() {
        Configuration site = configuration();
        return new Site(
                store(),
                clouds(),
                new ArrayList<>(catalog().resources()),
                catalog().defaultMode(),
                site.eligibility(),
                site.guards(),
                invocation.surroundings().clock(),
                invocation.surroundings().sleeper(),
                new SecureRandom(),
                ids(),
                new ProviderLanes(),
                instance());
    }

    public Reconciler reconciler() {
        return reconciler(Haste.NEVER);
    }

    /** @param haste for work that may have to end early */
    public Reconciler reconciler(Supplier<Haste> haste) {
        return new Reconciler(site(), connections.calls(), haste);
    }

    /** Who holds leases: this process, told from every other one, and from earlier ones of the same number. */
    public String instance() {
        return LeaseOwner.ofProcess(actor(null).name()).text() + "/" + ids().next("p");
    }

    @Override
    public void close() {
        connections.close();
        if (ledger != null) {
            ledger.close();
        }
        if (store != null) {
            store.close();
        }
    }
}
