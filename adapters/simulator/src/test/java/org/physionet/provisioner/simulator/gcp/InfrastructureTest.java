package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.LiveWorld;
import org.physionet.provisioner.simulator.witness.Installed;

/** The Terraform of {@code infra/}, as far as it can be judged without a cloud. */
class InfrastructureTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^(variable|output|module) \"([^\"]+)\" \\{\\n(.*?)^}");
    private static final Pattern ARGUMENT = Pattern.compile("(?m)^  ([a-z_]+) +=");
    private static final Pattern SOURCE = Pattern.compile("(?m)^  source +=\\s+\"([^\"]+)\"");

    @TempDir
    private Path folder = Path.of("");

    /** One block of a file: its name and what is between its braces. */
    private record Block(String name, String body) {}

    private static Path infra() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("infra/gcp"))) {
            here = here.getParent();
            assertThat(here)
                    .as("a folder infra/gcp above " + Path.of("").toAbsolutePath())
                    .isNotNull();
        }
        return here.resolve("infra");
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(infra().resolve("gcp/modules"))) {
            return folders.sorted().toList();
        }
    }

    private static List<Block> blocks(Path module, String kind) throws IOException {
        List<Block> blocks = new ArrayList<>();
        try (Stream<Path> files = Files.list(module)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".tf")).toList()) {
                Matcher matcher = BLOCK.matcher(Files.readString(file));
                while (matcher.find()) {
                    if (matcher.group(1).equals(kind)) {
                        blocks.add(new Block(matcher.group(2), matcher.group(3)));
                    }
                }
            }
        }
        return blocks;
    }

    private String terraform(int exit, Path in, String... arguments) throws IOException, InterruptedException {
        Installed.orSkip("terraform");
        List<String> command = new ArrayList<>(List.of("terraform"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        builder.environment()
                .put("TF_CLI_CONFIG_FILE", folder.resolve("cli.tfrc").toString());
        builder.environment().put("TF_DATA_DIR", folder.resolve("data").toString());
        Files.writeString(folder.resolve("cli.tfrc"), """
                provider_installation {
                  filesystem_mirror {
                    path = "%s"
                  }
                }
                """.formatted(
                        System.getenv().getOrDefault("TF_PLUGIN_MIRROR", folder.toString())));
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS))
                .as(command + " ended")
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(exit);
        return Files.readString(output);
    }

    @Test
    void everyFileIsFormattedAsTerraformFormats() throws Exception {
        terraform(0, infra(), "fmt", "-check", "-recursive", "-diff");
    }

    @Test
    void theExampleIsValidWhereGooglesProviderIsAtHand() throws Exception {
        String mirror = System.getenv().getOrDefault("TF_PLUGIN_MIRROR", "");
        assumeTrue(
                !mirror.isEmpty() && Files.isDirectory(Path.of(mirror, "registry.terraform.io", "hashicorp", "google")),
                "TF_PLUGIN_MIRROR has no hashicorp/google: terraform validate is skipped");
        Path copy = folder.resolve("gcp");
        try (Stream<Path> files = Files.walk(infra().resolve("gcp"))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        copy.resolve(infra().resolve("gcp").relativize(file).toString()));
            }
        }
        terraform(0, copy.resolve("examples/mimic-iv"), "init", "-backend=false", "-input=false", "-no-color");
        terraform(0, copy.resolve("examples/mimic-iv"), "validate", "-no-color");
    }

    @Test
    void everyVariableAndOutputOfAModuleIsDescribedAndEveryModuleHasAPage() throws IOException {
        assertThat(modules()).isNotEmpty();
        for (Path module : modules()) {
            assertThat(module.resolve("README.md")).exists();
            List<Block> all = new ArrayList<>(blocks(module, "variable"));
            all.addAll(blocks(module, "output"));
            assertThat(all)
                    .isNotEmpty()
                    .allSatisfy(block -> assertThat(block.body())
                            .as(module.getFileName() + " " + block.name())
                            .containsPattern("(?m)^  description = \".{10,}\"$"));
        }
    }

    @Test
    void theExampleGivesEachModuleWhatItNeedsAndNothingElse() throws IOException {
        Path example = infra().resolve("gcp/examples/mimic-iv");
        List<String> used = new ArrayList<>();
        for (Block call : blocks(example, "module")) {
            Matcher source = SOURCE.matcher(call.body());
            assertThat(source.find()).as(call.name()).isTrue();
            Path module = example.resolve(source.group(1)).normalize();
            assertThat(module).isDirectory();
            used.add(module.getFileName().toString());
            Map<String, Boolean> variables = new LinkedHashMap<>();
            for (Block variable : blocks(module, "variable")) {
                variables.put(
                        variable.name(),
                        Pattern.compile("(?m)^  default +=")
                                .matcher(variable.body())
                                .find());
            }
            TreeSet<String> given = new TreeSet<>();
            Matcher arguments = ARGUMENT.matcher(call.body());
            while (arguments.find()) {
                given.add(arguments.group(1));
            }
            given.removeAll(List.of("source", "for_each", "count"));
            assertThat(variables.keySet()).as(call.name()).containsAll(given);
            variables.forEach((name, hasDefault) -> assertThat(hasDefault || given.contains(name))
                    .as(call.name() + " needs " + name)
                    .isTrue());
        }
        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(modules().stream()
                        .map(module -> module.getFileName().toString())
                        .toList());
    }

    /** The permissions of the custom role of this name, as the module writes them. */
    private static List<String> permissions(String role) throws IOException {
        String text = Files.readString(infra().resolve("gcp/modules/provisioner/main.tf"));
        int start = text.indexOf("resource \"google_project_iam_custom_role\" \"" + role + "\"");
        assertThat(start).as(role).isNotNegative();
        Matcher permission = Pattern.compile("\"([a-z]+\\.[a-zA-Z]+\\.[a-zA-Z]+)\"")
                .matcher(text.substring(start, text.indexOf("\n}", start)));
        List<String> permissions = new ArrayList<>();
        while (permission.find()) {
            permissions.add(permission.group(1));
        }
        return permissions;
    }

    @Test
    void theProvisionersRolesAreTheLeast() throws IOException {
        assertThat(permissions("bucket"))
                .containsExactly("storage.buckets.get", "storage.buckets.getIamPolicy", "storage.buckets.setIamPolicy");
        assertThat(permissions("dataset"))
                .containsExactly(
                        "bigquery.datasets.get", "bigquery.datasets.getIamPolicy", "bigquery.datasets.setIamPolicy");
        assertThat(permissions("observer")).noneMatch(each -> each.contains("set") || each.contains("objects"));
    }

    @Test
    void withItsRolesTheProvisionerGrantsAndReadsNoData() throws IOException {
        try (LiveWorld world = Google.open()) {
            String me = "engine@p1.iam.gserviceaccount.com";
            var answer = world.send("PUT", "/_simulator/state", """
                    {"gcp":{"roles":[{"name":"projects/p1/roles/provisionerBucket","permissions":BUCKET},
                       {"name":"projects/p1/roles/provisionerDataset","permissions":DATASET},
                       {"name":"projects/p1/roles/provisionerObserver","permissions":OBSERVER}],
                     "projects":[{"name":"projects/p1","iam":{"bindings":[
                       {"role":"projects/p1/roles/provisionerObserver","members":["serviceAccount:ME"]}]}}],
                     "buckets":[{"name":"b","project":"p1","objects":[{"name":"o","text":"x"}],"iam":{"bindings":[
                       {"role":"projects/p1/roles/provisionerBucket","members":["serviceAccount:ME"]}]}}],
                     "datasets":[{"project":"p1","id":"d","tables":[{"id":"t"}],"access":[
                       {"role":"projects/p1/roles/provisionerDataset","userByEmail":"ME"}]}]}}""".replace("ME", me)
                    .replace("BUCKET", json(permissions("bucket")))
                    .replace("DATASET", json(permissions("dataset")))
                    .replace("OBSERVER", json(permissions("observer"))));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            String dataset = "/bigquery/v2/projects/p1/datasets/d";
            String reader = "{\"role\":\"READER\",\"userByEmail\":\"ada@example.org\"}";
            String own = "{\"role\":\"projects/p1/roles/provisionerDataset\",\"userByEmail\":\"" + me + "\"}";
            assertThat(List.of(
                            status(world, me, "GET", "/storage/v1/b/b", ""),
                            status(world, me, "GET", "/storage/v1/b/b/iam", ""),
                            status(
                                    world,
                                    me,
                                    "PATCH",
                                    dataset + "?updateMode=UPDATE_ACL",
                                    "{\"access\":[" + reader + "," + own + "]}"),
                            status(world, me, "GET", dataset, ""),
                            status(world, me, "POST", "/v3/projects/p1:getIamPolicy", ""),
                            status(world, me, "GET", "/v1/projects/p1/services/bigquery.googleapis.com", "")))
                    .containsOnly(200);
            assertThat(Google.canRead(world, "ada@example.org", "bq://p1.d")).isTrue();
            assertThat(List.of(
                            status(world, me, "GET", "/storage/v1/b/b/o/o?alt=media", ""),
                            status(world, me, "GET", dataset + "/tables/t/data", ""),
                            status(world, me, "PATCH", "/storage/v1/b/b", "{}"),
                            status(world, me, "DELETE", dataset, ""),
                            status(world, me, "POST", "/v3/projects/p1:setIamPolicy", "{\"policy\":{}}")))
                    .containsOnly(403);
        }
    }

    @Test
    void theAlertLooksForEveryWayInWhichAccessCanBeChanged() throws IOException {
        String filter = Files.readString(infra().resolve("gcp/modules/policy-alert/main.tf"));
        try (LiveWorld world = Google.open()) {
            world.send("PUT", "/_simulator/state", """
                    {"gcp":{"datasets":[{"project":"p1","id":"d"}],"buckets":[{"name":"b","project":"p1",
                      "metadata":{"iamConfiguration":{"uniformBucketLevelAccess":{"enabled":false}}}}]}}""");
            world.send("PUT", "/storage/v1/b/b/iam", "{\"bindings\":[]}");
            world.send("POST", "/storage/v1/b/b/acl", "{\"entity\":\"user-ada@example.org\",\"role\":\"READER\"}");
            world.send("PATCH", "/bigquery/v2/projects/p1/datasets/d", "{\"access\":[]}");
            world.send("POST", "/bigquery/v2/projects/p1/datasets/d:setIamPolicy", "{\"policy\":{}}");
            world.send("POST", "/v3/projects/p1:setIamPolicy", "{\"policy\":{}}");
            var entries = world.json("POST", "/_simulator/gcp/audit-log", "").path("entries");
            assertThat(entries).hasSize(5).allSatisfy(entry -> {
                boolean dataset = entry.at("/protoPayload/metadata").has("datasetChange");
                assertThat(filter)
                        .contains(
                                dataset
                                        ? "protoPayload.metadata.datasetChange:*"
                                        : "protoPayload.methodName=\""
                                                + entry.at("/protoPayload/methodName")
                                                        .asText() + "\"");
                assertThat(entry.path("logName").asText()).endsWith("cloudaudit.googleapis.com%2Factivity");
            });
        }
    }

    private static String json(List<String> texts) {
        return Json.MAPPER.valueToTree(texts).toString();
    }

    private static int status(LiveWorld world, String who, String method, String path, String body) {
        return world.send(method, path, body, "Authorization", "Bearer " + who).statusCode();
    }
}
