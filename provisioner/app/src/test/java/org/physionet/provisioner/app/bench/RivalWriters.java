package org.physionet.provisioner.app.bench;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.Acl;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Dataset;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.physionet.provisioner.adapters.gcp.GcpAdapterProvider;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;

/** Eight programs that let people in at the same resource at once: how many people each way of writing loses. */
public final class RivalWriters implements Benchmark {
    private static final int WRITERS = 8;
    private static final int GRANTS = 15;

    @Override
    public String name() {
        return "gcp-rivals";
    }

    @Override
    public String about() {
        return "%d writers of %d grants each, at once: lost of %d".formatted(WRITERS, GRANTS, WRITERS * GRANTS);
    }

    @Override
    public String command() {
        return "scripts/bench gcp-rivals";
    }

    @Override
    public List<Figure> measure() throws Exception {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(ours("bucket", "gs://bench"));
        figures.addAll(ours("dataset", "bq://bench.set"));
        figures.addAll(theirs());
        return figures;
    }

    private static List<Figure> ours(String what, String resource) throws Exception {
        AtomicInteger conflicts = new AtomicInteger();
        long lost = lost(resource, address -> new Ours(address, resource, conflicts));
        return List.of(
                Figure.under(1, what + ", this program", (double) lost, "people"),
                Figure.of(what + ", its conflicts", conflicts.doubleValue(), "writes"));
    }

    private static List<Figure> theirs() throws Exception {
        long lost = lost("bq://bench.set", Theirs::new);
        return List.of(Figure.of("dataset, google-cloud-bigquery", (double) lost, "people"));
    }

    /** One writer's way of letting somebody in; used by one thread. */
    private interface Writer extends AutoCloseable {
        void letIn(int person) throws Exception;

        @Override
        void close();
    }

    private interface Writers {
        Writer at(URI address);
    }

    /** How many of all can not read at the end. */
    private static long lost(String resource, Writers writers) throws Exception {
        try (SimulatorServer clouds = SimulatorServer.start(new Simulator(SimulatorOptions.defaults()), 0);
                ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            GoogleSite.post(clouds.address(), "/storage/v1/b?project=bench", """
                    {"name":"bench","iamConfiguration":{"uniformBucketLevelAccess":{"enabled":true}}}""");
            GoogleSite.post(clouds.address(), "/bigquery/v2/projects/bench/datasets", """
                    {"datasetReference":{"projectId":"bench","datasetId":"set"}}""");
            List<Callable<Void>> all = IntStream.range(0, WRITERS)
                    .<Callable<Void>>mapToObj(number -> () -> {
                        try (Writer writer = writers.at(clouds.address())) {
                            for (int i = 0; i < GRANTS; i++) {
                                writer.letIn(number * GRANTS + i);
                            }
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(all)) {
                done.get();
            }
            return IntStream.range(0, WRITERS * GRANTS)
                    .filter(n -> !clouds.simulator()
                            .canRead("gcp", "user:" + GoogleSite.address(n), resource)
                            .allowed())
                    .count();
        }
    }

    /** This program's adapter, with the engine's rule for conflicts: read again, look again, write again. */
    private static final class Ours implements Writer {
        private final Adapter adapter;
        private final Resource resource;
        private final AtomicInteger conflicts;

        Ours(URI address, String id, AtomicInteger conflicts) {
            this.adapter = new GcpAdapterProvider()
                    .connect(
                            new Settings(
                                    "gcp",
                                    Map.of("project", "bench", "credentials", "none", "endpoint", address.toString()),
                                    Path.of("")),
                            new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE));
            this.resource = new Resource(
                    new ResourceId(id),
                    "gcp",
                    "members",
                    Map.of(),
                    Mode.ENFORCE,
                    new TreeSet<>(List.of(new DatasetId("set", "1.0"))),
                    Resource.Admits.ALL,
                    new TreeSet<>(),
                    "catalog");
            this.conflicts = conflicts;
        }

        @Override
        public void letIn(int person) {
            Principal mine = new GcpAdapterProvider()
                    .identityKind()
                    .principal(new CloudAccount(CloudAccount.GOOGLE, GoogleSite.address(person), Map.of(), null));
            while (true) {
                Observation seen = ((Observed.Seen) adapter.observe(resource, Places.UNKNOWN)).observation();
                SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
                seen.owned().keySet().forEach(each -> edges.put(each, new Target.Edge(each, null, null)));
                edges.put(mine, new Target.Edge(mine, null, null));
                Outcome outcome = adapter.write(
                        resource,
                        adapter.render(resource, seen, new Target(edges), Places.UNKNOWN)
                                .writes()
                                .getFirst());
                if (outcome instanceof Outcome.Success) {
                    return;
                }
                if (!(outcome instanceof Outcome.Conflict)) {
                    throw new IllegalStateException(mine + ": " + outcome);
                }
                conflicts.incrementAndGet();
            }
        }

        @Override
        public void close() {
            adapter.close();
        }
    }

    /** What google-cloud-bigquery offers: read a dataset, change its list, {@code update}. It sends no If-Match. */
    private static final class Theirs implements Writer {
        private final BigQuery bigquery;

        Theirs(URI address) {
            bigquery = BigQueryOptions.newBuilder()
                    .setHost(address.toString())
                    .setProjectId("bench")
                    .setCredentials(NoCredentials.getInstance())
                    .build()
                    .getService();
        }

        @Override
        public void letIn(int person) {
            Dataset dataset = bigquery.getDataset("set", BigQuery.DatasetOption.accessPolicyVersion(3));
            List<Acl> entries = new ArrayList<>(dataset.getAcl());
            entries.add(Acl.of(new Acl.User(GoogleSite.address(person)), Acl.Role.READER));
            bigquery.update(dataset.toBuilder().setAcl(entries).build(), BigQuery.DatasetOption.accessPolicyVersion(3));
        }

        @Override
        public void close() {}
    }
}
