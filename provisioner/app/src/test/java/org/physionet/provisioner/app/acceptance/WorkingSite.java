package org.physionet.provisioner.app.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.SqlStore;
import org.physionet.provisioner.store.StoreConfig;
import org.physionet.provisioner.store.ledger.LedgerExport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A site at work: PhysioNet's database, simulated clouds on a real port, and a folder with configuration and catalog that
 * put every controlled dataset on a GCS bucket, a BigQuery dataset and an S3 prefix.
 */
final class WorkingSite implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String S3_BUCKET = "physionet-controlled";

    final SiteDatabase database;
    final SimulatorServer simulator;
    final Program program;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    /** {@code slug/version} of every version that is not open. */
    final Set<String> datasets = new TreeSet<>();

    WorkingSite(Path folder) throws Exception {
        this(folder, List.of());
    }

    /** @param only the datasets that live in a cloud; none: every one that is not open */
    WorkingSite(Path folder, List<String> only) throws Exception {
        this.folder = folder;
        this.database = SiteDatabase.fresh();
        this.simulator = SimulatorServer.start(new Simulator(SimulatorOptions.defaults()), 0);
        this.program = new Program(folder).with("PHYSIONET_DB_PASSWORD", "postgres");
        for (String id : database.one("select string_agg(slug || '/' || version, ' ' order by id)"
                        + " from public.project_publishedproject where access_policy <> 0")
                .split(" ")) {
            datasets.add(id);
        }
        if (!only.isEmpty()) {
            // What the catalog does not name would have the source's own resources.
            database.change("delete from public.project_dataaccess; delete from public.project_gcp;"
                    + " delete from public.project_aws");
            datasets.retainAll(only);
            database.moveToNow();
            database.linkEverybody();
        }
        createResources();
        configure("");
        catalog("enforce");
    }

    static String bucket(String dataset) {
        return dataset.replace('/', '-') + ".physionet.org";
    }

    static String table(String dataset) {
        return dataset.replaceAll("[^A-Za-z0-9]", "_");
    }

    static List<String> resources(String dataset) {
        return List.of(
                "gs://" + bucket(dataset),
                "bq://physionet-data." + table(dataset),
                "s3://" + S3_BUCKET + "/" + dataset + "/");
    }

    void configure(String more) throws IOException {
        Files.writeString(folder.resolve("provisioner.yaml"), """
                source:
                  type: physionet
                  url: %s
                  user: postgres
                  password: ${PHYSIONET_DB_PASSWORD}
                catalog: catalog.yaml
                dataDir: data
                gcp:
                  project: physionet-data
                  credentials: none
                  endpoint: %s
                aws:
                  account: "111122223333"
                  region: us-east-1
                  credentials: static
                  accessKey: test
                  secretKey: test
                  endpoint: %s
                %s""".formatted(
                        database.url(), simulator.address(), simulator.address(), more));
    }

    void catalog(String mode) throws IOException {
        StringBuilder yaml = new StringBuilder("mode: " + mode + "\ndatasets:\n");
        for (String dataset : datasets) {
            yaml.append("  - id: ").append(dataset).append("\n    resources:\n");
            yaml.append("      - gcs: ").append(bucket(dataset)).append("\n        layout: members\n");
            yaml.append("      - bigquery: physionet-data.")
                    .append(table(dataset))
                    .append("\n        layout: members\n");
            yaml.append("      - s3: ")
                    .append(S3_BUCKET)
                    .append("/")
                    .append(dataset)
                    .append("/\n");
            yaml.append("        layout: access-points\n");
        }
        Files.writeString(folder.resolve("catalog.yaml"), yaml);
    }

    private void createResources() throws Exception {
        for (String dataset : datasets) {
            post("/storage/v1/b?project=physionet-data", """
                    {"name":"%s","iamConfiguration":{"uniformBucketLevelAccess":{"enabled":true}}}""".formatted(bucket(dataset)));
            post("/bigquery/v2/projects/physionet-data/datasets", """
                    {"datasetReference":{"projectId":"physionet-data","datasetId":"%s"}}""".formatted(table(dataset)));
        }
        try (S3Client s3 = s3()) {
            s3.createBucket(b -> b.bucket(S3_BUCKET));
            s3.putBucketPolicy(b -> b.bucket(S3_BUCKET).policy("""
                    {"Version":"2012-10-17","Statement":[{"Sid":"DelegateReadsToOurAccessPoints","Effect":"Allow",
                    "Principal":"*","Action":["s3:GetObject","s3:ListBucket"],
                    "Resource":["arn:aws:s3:::%s","arn:aws:s3:::%s/*"],
                    "Condition":{"StringEquals":{"s3:DataAccessPointAccount":"111122223333"}}}]}""".formatted(S3_BUCKET, S3_BUCKET)));
        }
    }

    private S3Client s3() {
        return S3Client.builder()
                .endpointOverride(simulator.address())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    String post(String path, String body) throws Exception {
        return send(path, "POST", body);
    }

    String get(String path) throws Exception {
        return send(path, "GET", "");
    }

    String send(String path, String method, String body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(simulator.address() + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    boolean canRead(String principal, String resource) {
        String provider = resource.startsWith("s3:") ? "aws" : "gcp";
        return simulator.simulator().canRead(provider, principal, resource).allowed();
    }

    /** Every answer of {@code eligibility --at}, as {@code researcher dataset}, of those allowed. */
    Set<String> allowed(String at) throws IOException {
        Program.Result result = program.run("eligibility", "--at", at, "--output", "ndjson");
        Set<String> allowed = new TreeSet<>();
        for (JsonNode line : lines(result)) {
            if (line.get("allowed").asBoolean()) {
                allowed.add(line.get("researcher").asText() + " "
                        + line.get("dataset").asText());
            }
        }
        return allowed;
    }

    static List<JsonNode> lines(Program.Result result) throws IOException {
        if (result.code() != 0) {
            throw new IOException("exit " + result.code() + ": " + result.err());
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** Calls that may change something since the last reset. */
    int writes() {
        return simulator.simulator().calls().stream()
                .filter(row -> row.kind() == org.physionet.provisioner.simulator.Operation.Kind.WRITE)
                .mapToInt(row -> (int) row.count())
                .sum();
    }

    ObjectNode state() {
        return simulator.simulator().state();
    }

    /** The ledger as an auditor's export. */
    List<String> ledger() {
        StringBuilder export = new StringBuilder();
        StoreConfig record = new StoreConfig.Embedded(folder.resolve("data/record.db"));
        try (SqlStore store = SqlStore.open(record, InstantSource.system(), OpenMode.READ)) {
            store.ledger().export(export, LedgerExport.People.OPAQUE, null);
        }
        return export.toString().lines().toList();
    }

    @Override
    public void close() throws SQLException {
        simulator.close();
        database.close();
    }
}
