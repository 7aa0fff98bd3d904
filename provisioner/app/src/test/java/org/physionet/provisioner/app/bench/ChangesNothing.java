package org.physionet.provisioner.app.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What a run costs the clouds when everything is already as it should be: by far the most frequent run there is. */
public final class ChangesNothing implements Benchmark {
    private static final int BUCKETS = 20;
    private static final int TABLES = 15;
    private static final int PREFIXES = 15;
    private static final int PEOPLE = 100;

    @Override
    public String name() {
        return "unchanged";
    }

    @Override
    public String about() {
        return "calls of a run that changes nothing: %d GCS buckets, %d BigQuery datasets, %d S3 prefixes, %d people each"
                .formatted(BUCKETS, TABLES, PREFIXES, PEOPLE);
    }

    @Override
    public String command() {
        return "scripts/bench unchanged";
    }

    @Override
    public List<Figure> measure() throws Exception {
        Path folder = Files.createTempDirectory("bench-unchanged");
        try (SimulatorServer clouds = SimulatorServer.start(new Simulator(SimulatorOptions.defaults()), 0)) {
            site(folder, clouds.address());
            resources(clouds.address());
            Program program = new Program(folder);
            expectDone(program.run("run", "--quiet"));
            clouds.simulator().resetCalls();
            long began = System.nanoTime();
            expectDone(program.run("run", "--quiet"));
            double millis = (System.nanoTime() - began) / 1e6;
            return figures(clouds, millis);
        }
    }

    private static List<Figure> figures(SimulatorServer clouds, double millis) {
        List<Figure> figures = new ArrayList<>();
        double google = 0;
        double amazon = 0;
        double writes = 0;
        for (var row : clouds.simulator().calls()) {
            figures.add(Figure.of(row.method(), (double) row.count(), "calls"));
            if (row.kind() == Operation.Kind.WRITE) {
                writes += row.count();
            } else if (row.provider().equals("gcp")) {
                google += row.count();
            } else {
                amazon += row.count();
            }
        }
        figures.add(Figure.under(1, "writes", writes, "calls"));
        figures.add(Figure.under(
                BUCKETS + TABLES + 1, "reads at Google (" + (BUCKETS + TABLES) + " resources)", google, "calls"));
        figures.add(Figure.of("reads at AWS (" + PREFIXES + " resources)", amazon, "calls"));
        figures.add(Figure.of("reads for each resource", (google + amazon) / (BUCKETS + TABLES + PREFIXES), "calls"));
        figures.add(Figure.of("the run took", millis, "ms"));
        return figures;
    }

    private static void expectDone(Program.Result result) {
        if (result.code() != 0) {
            throw new IllegalStateException(
                    "provisioner run: expected exit code 0, found " + result.code() + ": " + result.err());
        }
    }

    /** One dataset for each resource; everybody has signed for everything. */
    private static void site(Path folder, URI address) throws IOException {
        StringBuilder datasets = new StringBuilder("datasets:\n");
        StringBuilder catalog = new StringBuilder("datasets:\n");
        StringBuilder signed = new StringBuilder();
        for (int n = 0; n < BUCKETS + TABLES + PREFIXES; n++) {
            datasets.append("  - {id: set-%d/1.0, title: Set %d, policy: restricted}\n".formatted(n, n));
            catalog.append("  - {id: set-%d/1.0, resources: [{%s}]}\n".formatted(n, place(n)));
            signed.append(n == 0 ? "" : ",")
                    .append("{\"dataset\":\"set-")
                    .append(n)
                    .append("/1.0\"}");
        }
        StringBuilder people = new StringBuilder();
        for (int n = 1; n <= PEOPLE; n++) {
            people.append("""
                    {"id":"%d","username":"user-%d","active":true,"credentialed":true,"agreements":[%s],\
                    "accounts":[{"kind":"google","id":"user-%d@gmail.com"},{"kind":"aws","id":"AIDA%017d",\
                    "account":"%012d","arn":"arn:aws:iam::%012d:user/user-%d"}]}
                    """.formatted(n, n, signed, n, n, 100_000_000_000L + n, 100_000_000_000L + n, n));
        }
        Files.createDirectories(folder.resolve("site"));
        Files.writeString(folder.resolve("site/datasets.yaml"), datasets);
        Files.writeString(folder.resolve("site/researchers.ndjson"), people);
        Files.writeString(folder.resolve("catalog.yaml"), catalog);
        Files.writeString(folder.resolve("provisioner.yaml"), """
                source: {type: files, path: site}
                catalog: catalog.yaml
                dataDir: data
                gcp: {project: bench, credentials: none, endpoint: "%s"}
                aws: {account: "111122223333", credentials: static, accessKey: test, secretKey: test, endpoint: "%s"}
                """.formatted(address, address));
    }

    private static String place(int n) {
        if (n < BUCKETS) {
            return "gcs: bench-bucket-" + n;
        }
        return n < BUCKETS + TABLES ? "bigquery: bench.set_" + n : "s3: bench-s3/set-" + n + "/";
    }

    private static void resources(URI address) throws Exception {
        for (int n = 0; n < BUCKETS; n++) {
            post(address, "/storage/v1/b?project=bench", """
                    {"name":"bench-bucket-%d","iamConfiguration":{"uniformBucketLevelAccess":{"enabled":true}}}""".formatted(n));
        }
        for (int n = BUCKETS; n < BUCKETS + TABLES; n++) {
            post(address, "/bigquery/v2/projects/bench/datasets", """
                    {"datasetReference":{"projectId":"bench","datasetId":"set_%d"}}""".formatted(n));
        }
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            s3.createBucket(b -> b.bucket("bench-s3"));
            s3.putBucketPolicy(b -> b.bucket("bench-s3").policy("""
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                    "Action":["s3:GetObject","s3:ListBucket"],
                    "Resource":["arn:aws:s3:::bench-s3","arn:aws:s3:::bench-s3/*"],
                    "Condition":{"StringEquals":{"s3:DataAccessPointAccount":"111122223333"}}}]}"""));
        }
    }

    private static void post(URI address, String path, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("POST " + path + ": " + answer.statusCode() + " " + answer.body());
            }
        }
    }
}
