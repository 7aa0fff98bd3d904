package org.physionet.provisioner.app.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;
import org.physionet.provisioner.sources.demo.DemoSite;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The demo's site of twelve people in a folder, on simulated clouds with every resource made, and nobody let in yet. */
public final class FilesSite implements AutoCloseable {
    public static final ObjectMapper JSON = new ObjectMapper();
    public static final List<String> BUCKETS =
            List.of("demo-iv-1.0.example.org", "demo-notes-2.0.example.org", "demo-ecg-1.0.example.org");
    public static final String IV = "gs://demo-iv-1.0.example.org";
    public static final String IV_TABLES = "bq://demo-project.demo_iv_1_0";
    public static final String IV_PREFIX = "s3://demo-controlled/demo-iv/1.0/";
    public static final String ADA = "user:ada.lovelace@gmail.com";
    public static final String GRACE = "user:grace@example.org";
    private static final List<String> RESOURCES = List.of(
            IV,
            IV_TABLES,
            IV_PREFIX,
            "gs://demo-notes-2.0.example.org",
            "s3://demo-controlled/demo-notes/2.0/",
            "gs://demo-ecg-1.0.example.org",
            "s3://demo-controlled/demo-ecg/1.0/");

    public final Path folder;
    public final SimulatorServer server;
    public final Program program;
    private final HttpClient http = HttpClient.newHttpClient();

    public FilesSite(Path folder) throws Exception {
        this(folder, Duration.ZERO);
    }

    /** @param latency of every call to a cloud */
    public FilesSite(Path folder, Duration latency) throws Exception {
        this.folder = folder;
        DemoSite.copyTo(folder.resolve("site"));
        server = SimulatorServer.start(new Simulator(SimulatorOptions.defaults().withLatency(latency)), 0);
        program = new Program(folder);
        makePlaces();
        catalog(CATALOG);
        configure("");
    }

    public static final String CATALOG = """
            datasets:
              - id: demo-iv/1.0
                resources:
                  - gcs: demo-iv-1.0.example.org
                  - bigquery: demo-project.demo_iv_1_0
                  - s3: demo-controlled/demo-iv/1.0/
            """;

    public void catalog(String text) throws IOException {
        Files.writeString(folder.resolve("catalog.yaml"), text);
    }

    public void configure(String more) throws IOException {
        Files.writeString(folder.resolve("provisioner.yaml"), """
                source: {type: files, path: site}
                catalog: catalog.yaml
                gcp: {project: demo-project, credentials: none, endpoint: "%1$s"}
                aws: {account: "111122223333", region: us-east-1, credentials: static, accessKey: test,
                  secretKey: test, endpoint: "%1$s"}
                %2$s""".formatted(server.address(), more));
    }

    /** An administrator's client. */
    public S3Client s3() {
        return S3Client.builder()
                .endpointOverride(server.address())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    private void makePlaces() throws Exception {
        for (String bucket : BUCKETS) {
            send("POST", "/storage/v1/b?project=demo-project", """
                    {"name":"%s","iamConfiguration":{"uniformBucketLevelAccess":{"enabled":true}}}""".formatted(bucket));
        }
        send("POST", "/bigquery/v2/projects/demo-project/datasets", """
                {"datasetReference":{"projectId":"demo-project","datasetId":"demo_iv_1_0"}}""");
        try (S3Client s3 = s3()) {
            s3.createBucket(b -> b.bucket("demo-controlled"));
            s3.putBucketPolicy(b -> b.bucket("demo-controlled").policy("""
                    {"Version":"2012-10-17","Statement":[{"Sid":"DelegateReadsToOurAccessPoints","Effect":"Allow",
                    "Principal":"*","Action":["s3:GetObject","s3:ListBucket"],
                    "Resource":["arn:aws:s3:::demo-controlled","arn:aws:s3:::demo-controlled/*"],
                    "Condition":{"StringEquals":{"s3:DataAccessPointAccount":"111122223333"}}}]}"""));
        }
    }

    public String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(server.address() + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    public Program.Result run(String... args) {
        return program.run(args);
    }

    /** Runs it and requires that it worked. */
    public Program.Result done(String... args) {
        Program.Result result = run(args);
        assertThat(result.code())
                .as(String.join(" ", args) + "\n" + result.err() + result.out())
                .isZero();
        return result;
    }

    public boolean canRead(String principal, String resource) {
        return server.simulator()
                .canRead(resource.startsWith("s3:") ? "aws" : "gcp", principal, resource)
                .allowed();
    }

    /** Every {@code principal resource} of the demo's people that can read now. */
    public Set<String> readers() {
        Set<String> can = new TreeSet<>();
        for (String resource : RESOURCES) {
            for (String principal : resource.startsWith("s3:") ? AWS : GOOGLE) {
                if (canRead(principal, resource)) {
                    can.add(principal + " " + resource);
                }
            }
        }
        return can;
    }

    private static final List<String> AWS =
            List.of("AIDAADAEXAMPLE000001", "AIDAALANEXAMPLE00005", "AIDATIMEXAMPLE000009", "AIDAHEDYEXAMPLE00012");
    private static final List<String> GOOGLE = List.of(
            ADA,
            GRACE,
            "user:edsger@example.org",
            "user:barbara@example.org",
            "user:alan@example.org",
            "user:katherine.johnson@gmail.com",
            "user:donald@example.org",
            "user:margaret@example.org",
            "user:radia@example.org",
            "user:hedy.lamarr@gmail.com",
            "user:stranger@gmail.com");

    public long writes() {
        return server.simulator().calls().stream()
                .filter(row -> row.kind() == Operation.Kind.WRITE)
                .mapToLong(row -> row.count())
                .sum();
    }

    public void forgetCalls() {
        server.simulator().resetCalls();
    }

    public Path researchers() {
        return folder.resolve("site/researchers.ndjson");
    }

    public Path datasets() {
        return folder.resolve("site/datasets.yaml");
    }

    public void edit(Path file, UnaryOperator<String> change) {
        try {
            String before = Files.readString(file);
            String after = change.apply(before);
            assertThat(after).as("an edit of " + file).isNotEqualTo(before);
            Files.writeString(file, after);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Edits one person's line. */
    public void person(String username, Consumer<ObjectNode> change) {
        edit(
                researchers(),
                text -> String.join(
                                "\n",
                                text.lines()
                                        .map(line -> {
                                            try {
                                                ObjectNode node = (ObjectNode) JSON.readTree(line);
                                                if (node.path("username")
                                                        .asText()
                                                        .equals(username)) {
                                                    change.accept(node);
                                                }
                                                return node.toString();
                                            } catch (IOException e) {
                                                throw new UncheckedIOException(e);
                                            }
                                        })
                                        .toList())
                        + "\n");
    }

    /** AWS shows a policy's ids as ARNs, and so has to know whose they are. */
    public void describeAwsUsers() throws Exception {
        ObjectNode state = (ObjectNode) JSON.readTree(send("GET", "/_simulator/state", ""));
        ObjectNode accounts = state.withObject("/aws/accounts");
        for (String line : Files.readAllLines(researchers())) {
            for (JsonNode account : parse(line).get("accounts")) {
                if (account.has("arn")) {
                    accounts.withObject("/" + account.get("account").asText())
                            .withArray("/users")
                            .addObject()
                            .put("id", account.get("id").asText())
                            .put("arn", account.get("arn").asText());
                }
            }
        }
        send("PUT", "/_simulator/state", state.toString());
    }

    /** An instance of S3 Access Grants that other accounts may come to, and a role that serves it. */
    public void prepareAccessGrants() throws Exception {
        program.with("PROVISIONER_AWS_ACCESS_GRANTS_LOCATION_ROLE", "arn:aws:iam::111122223333:role/grants");
        ObjectNode state = (ObjectNode) JSON.readTree(send("GET", "/_simulator/state", ""));
        ObjectNode ours = state.withObject("/aws/accounts/111122223333");
        ours.withArray("roles").add(JSON.readTree("""
                {"arn":"arn:aws:iam::111122223333:role/grants","trust":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                "Principal":{"Service":"access-grants.s3.amazonaws.com"},"Action":["sts:AssumeRole","sts:SetSourceIdentity"]}]},
                "policies":{"read":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:*\\",\\"Resource\\":\\"*\\"}]}"}}"""));
        ours.withArray("accessGrants").add(JSON.readTree("""
                {"policy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetDataAccess",
                "Resource":"arn:aws:s3:us-east-1:111122223333:access-grants/default"}]}}"""));
        send("PUT", "/_simulator/state", state.toString());
    }

    public static JsonNode json(Program.Result result) {
        return parse(result.out());
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.reader()
                    .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** The record's chain of hashes holds, as an auditor's verifier sees it, and the database is sound. */
    public void ledgerIsWhole() {
        done("audit", "export", "ledger.export", "--yes");
        done("audit", "verify", "ledger.export");
        done("doctor", "--no-clouds", "--output", "json");
        folder.resolve("ledger.export").toFile().delete();
    }

    @Override
    public void close() {
        server.close();
    }
}
