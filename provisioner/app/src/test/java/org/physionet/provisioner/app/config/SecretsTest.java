package org.physionet.provisioner.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.source.SourceProvider;

/** A secret is planted in every key that may hold one; nothing that the program says or writes has it. */
class SecretsTest {
    private static final String PLANTED = "S3CRET";

    @TempDir
    Path folder;

    private static TreeSet<String> secretKeys() {
        List<AdapterProvider> adapters = ServiceLoader.load(AdapterProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        TreeSet<String> keys = new TreeSet<>();
        ServiceLoader.load(SourceProvider.class)
                .forEach(source -> new KnownKeys(Optional.of(source), adapters)
                        .all().values().stream()
                                .filter(Setting::secret)
                                .map(Setting::key)
                                .forEach(keys::add));
        return keys;
    }

    private static void plant(Program program, String... except) {
        for (String key : secretKeys()) {
            if (!List.of(except).contains(key)) {
                program.with(EnvironmentNames.of(key), PLANTED + "-" + key);
            }
        }
    }

    private static void say(List<String> said, Program program, String... args) {
        Program.Result result = program.run(args);
        said.add(String.join(" ", args) + ": " + result.code() + "\n" + result.out() + result.err());
    }

    private static void everyCommand(List<String> said, Program program) {
        for (String output : List.of("table", "json")) {
            say(said, program, "doctor", "--verbose", "--output", output);
            say(said, program, "status", "--verbose", "--output", output);
            say(said, program, "plan", "--verbose", "--output", output);
        }
        say(said, program, "run", "--verbose");
        say(said, program, "revoke", "ada", "--reason", "x", "--yes", "--verbose");
        say(said, program, "explain", "ada", "demo-iv/1.0", "--verbose");
        say(said, program, "migrate", "--yes", "--verbose");
        say(said, program, "canary", FilesSite.IV_PREFIX, "--verbose");
        say(said, program, "audit", "export", "l" + said.size() + ".ndjson", "--verbose");
        say(said, program, "audit", "publish", "--verbose");
    }

    private void nothingHasIt(List<String> said) throws IOException {
        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(PLANTED));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(PLANTED);
            }
        }
    }

    @Test
    void everyKeyThatLooksLikeASecretIsOne() {
        assertThat(secretKeys())
                .contains("source.password", "store.password", "aws.secretKey", "aws.canary.secretKey", "ledger.key");
    }

    @Test
    void noOutputErrorLedgerOrFileHasASecretAlsoWhenTheCloudsRefuseIt() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.done("audit", "key", "new", "ledger.key");
            site.configure("ledger: {publish: [published]}");
            Program good =
                    new Program(folder).with("PROVISIONER_LEDGER_KEY", Files.readString(folder.resolve("ledger.key")));
            assertThat(good.run("run").code()).isZero();
            Files.delete(folder.resolve("ledger.key"));
            List<String> said = new ArrayList<>();
            Program refused = new Program(folder).impatient();
            plant(refused, "ledger.key", "aws.accessKey");
            everyCommand(said, refused);
            Program wrongKey = new Program(folder);
            plant(wrongKey);
            everyCommand(said, wrongKey);
            assertThat(said).anyMatch(text -> text.contains("ledger.key"));
            nothingHasIt(said);
            say(said, good, "audit", "export", "whole.ndjson");
            String privateKey = good.run("audit", "publish", "--verbose").out();
            assertThat(privateKey).doesNotContain("PRIVATE");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain("BEGIN PRIVATE KEY");
                }
            }
        }
    }

    @Test
    void databasesThatCanNotBeReachedDoNotSayTheirPasswords() throws Exception {
        Files.writeString(folder.resolve("provisioner.yaml"), """
                source: {type: physionet, url: "jdbc:postgresql://127.0.0.1:1/physionet", user: reader}
                store: {url: "jdbc:postgresql://127.0.0.1:1/record?connectTimeout=1", user: writer}
                """);
        List<String> said = new ArrayList<>();
        Program program = new Program(folder).impatient();
        plant(program, "ledger.key");
        say(said, program, "status", "--verbose");
        say(said, program, "eligibility", "--verbose");
        assertThat(said).allMatch(text -> text.contains("127.0.0.1:1"));
        nothingHasIt(said);
    }

    @Test
    void noCommandTakesASecretWhereTheProcessListShowsIt() {
        Program program = new Program(folder);
        for (String line : program.run("--help").out().lines().toList()) {
            if (line.matches("  [a-z]+ {2,}.*")) {
                String command = line.strip().split(" ")[0];
                assertThat(program.run(command, "--help").out().toLowerCase(java.util.Locale.ROOT))
                        .as(command)
                        .doesNotContainPattern("--[a-z-]*(password|secret|token)");
            }
        }
    }
}
