package org.physionet.provisioner.app.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.AwsAdapterProvider;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Mode;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A simulated AWS account with one bucket that delegates to access points, and our adapter before it. */
final class AmazonSite implements AutoCloseable {
    static final String ACCOUNT = "111122223333";
    static final String BUCKET = "bench-data";

    private final SimulatorServer clouds;
    private final Adapter adapter;

    AmazonSite() throws IOException {
        clouds = SimulatorServer.start(new Simulator(SimulatorOptions.defaults()), 0);
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(clouds.address())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            s3.createBucket(b -> b.bucket(BUCKET));
            s3.putBucketPolicy(b -> b.bucket(BUCKET).policy("""
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                    "Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::%1$s","arn:aws:s3:::%1$s/*"],
                    "Condition":{"StringEquals":{"s3:DataAccessPointAccount":"%2$s"}}}]}""".formatted(BUCKET, ACCOUNT)));
        }
        adapter = new AwsAdapterProvider()
                .connect(
                        new Settings(
                                "aws",
                                Map.of(
                                        "account", ACCOUNT,
                                        "credentials", "static",
                                        "accessKey", "test",
                                        "secretKey", "test",
                                        "endpoint", clouds.address().toString()),
                                Path.of("")),
                        new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE));
    }

    URI address() {
        return clouds.address();
    }

    static Resource resource(String folder) {
        return new Resource(
                new S3ResourceKind().parse(BUCKET + "/" + folder + "/"),
                "aws",
                S3ResourceKind.ACCESS_POINTS,
                Map.of(),
                Mode.ENFORCE,
                new TreeSet<>(List.of(DatasetId.parse("bench/1.0"))),
                Resource.Admits.ALL,
                new TreeSet<>(),
                "bench");
    }

    static String id(int number) {
        return "AIDA%017d".formatted(number);
    }

    static Target target(Collection<Integer> people) {
        SortedMap<Principal, Target.Edge> edges = new TreeMap<>();
        for (int number : people) {
            Principal principal = AwsIdentityKind.of(id(number));
            edges.put(principal, new Target.Edge(principal, new ResearcherId(String.valueOf(number)), null));
        }
        return new Target(edges);
    }

    /** @throws IllegalStateException if the simulator does not let us */
    Observation observe(Resource resource, Places places) {
        return switch (adapter.observe(resource, places)) {
            case Observed.Seen(Observation observation) -> observation;
            case Observed.NotSeen(Outcome.Failure why) -> throw new IllegalStateException(why.reason());
        };
    }

    Rendering render(Resource resource, Observation seen, Target target, Places places) {
        return adapter.render(resource, seen, target, places);
    }

    /** Writes and reads back, as the engine does; a write that is refused ends the benchmark. */
    Places make(Resource resource, Observation seen, Target target, Places places) {
        Rendering rendering = render(resource, seen, target, places);
        TreeSet<String> documents = new TreeSet<>(seen.documents());
        for (Write write : rendering.writes()) {
            documents.add(write.document());
            if (adapter.write(resource, write) instanceof Outcome.Failure failure) {
                throw new IllegalStateException(failure.reason());
            }
        }
        TreeSet<String> written = new TreeSet<>();
        rendering.writes().forEach(write -> written.add(write.document()));
        observe(resource, new Places(written, new TreeMap<>()));
        return new Places(documents, places.with(rendering.places()).byHolder());
    }

    void forgetCalls() {
        clouds.simulator().resetCalls();
    }

    double calls() {
        return clouds.simulator().calls().stream()
                .mapToDouble(row -> (double) row.count())
                .sum();
    }

    @Override
    public void close() {
        adapter.close();
        clouds.close();
    }
}
