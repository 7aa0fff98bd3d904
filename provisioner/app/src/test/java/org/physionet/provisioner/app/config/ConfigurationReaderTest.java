package org.physionet.provisioner.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.toy.ToyProvider;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.source.Source;
import org.physionet.provisioner.engine.source.SourceProvider;

class ConfigurationReaderTest {
    @TempDir
    Path folder;

    private record ToySource(String type) implements SourceProvider {
        @Override
        public List<Setting> settings() {
            return List.of(Setting.of("path", null, "a folder"), Setting.secret("password", "opens it"));
        }

        @Override
        public Source open(Settings settings, InstantSource clock) {
            throw new UnsupportedOperationException("not opened here");
        }
    }

    private Configuration read(Map<String, String> environment, String yaml) throws IOException {
        Files.writeString(folder.resolve("provisioner.yaml"), yaml);
        return reader(environment).read(null, folder);
    }

    private static ConfigurationReader reader(Map<String, String> environment) {
        return new ConfigurationReader(environment, List.of(new ToySource("toys")), List.of(new ToyProvider()));
    }

    private String refusal(Map<String, String> environment, String yaml) {
        UsageError error = catchThrowableOfType(UsageError.class, () -> read(environment, yaml));
        assertThat(error).as("refused").isNotNull();
        return String.valueOf(error.getMessage());
    }

    @Test
    void readsEveryKindOfKeyAndFillsInDefaults() throws IOException {
        Configuration read = read(Map.of("CODE", "s3cr3t"), """
                source:
                  type: toys
                  path: people
                catalog: sub/catalog.yaml
                eligibility:
                  downloadsDisabled: ignore
                  regions:
                    blocked: [cn, RU]
                    unknown: allow
                guards:
                  maxRevocations: 7
                schedule:
                  reconcile: 90s
                toy:
                  doorCode: ${CODE}-$${CODE}
                """);
        assertThat(read.source().path("path")).isEqualTo(folder.resolve("people"));
        assertThat(read.catalog()).isEqualTo(folder.resolve("sub/catalog.yaml"));
        assertThat(read.dataDir()).isEqualTo(folder.resolve(".provisioner"));
        assertThat(read.eligibility().ignoreDownloadsDisabled()).isTrue();
        assertThat(read.eligibility().blockedRegions()).containsExactly("CN", "RU");
        assertThat(read.eligibility().allowUnknownRegion()).isTrue();
        assertThat(read.guards().maxRevocations()).isEqualTo(7);
        assertThat(read.guards().maxRevocationPercent()).isEqualTo(5);
        assertThat(read.reconcileEvery()).isEqualTo(Duration.ofSeconds(90));
        assertThat(read.adapters().get("toy").require("library")).isEqualTo("main");
        assertThat(read.adapters().get("toy").require("doorCode")).isEqualTo("s3cr3t-${CODE}");
        assertThat(read.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void theEnvironmentWinsOverTheFileForEveryKey() throws IOException {
        Configuration read = read(
                Map.of(
                        "PROVISIONER_GUARDS_MAX_REVOCATIONS", "9",
                        "PROVISIONER_TOY_DESK_FLOOR_NUMBER", "4",
                        "PROVISIONER_SOURCE_PATH", "elsewhere",
                        "PROVISIONER_DATA_DIR", "",
                        "PROVISIONER_JAVA_HOME", "/opt/java"),
                "source: {type: toys, path: here}\nguards: {maxRevocations: 1}\ndataDir: data\n");
        assertThat(read.guards().maxRevocations()).isEqualTo(9);
        assertThat(read.adapters().get("toy").require("desk.floorNumber")).isEqualTo("4");
        assertThat(read.source().require("path")).isEqualTo("elsewhere");
        assertThat(read.dataDir()).isEqualTo(folder.resolve("data"));
        assertThat(read.notices()).isEmpty();
    }

    @Test
    void theEnvironmentAloneIsEnough() {
        Configuration read = reader(Map.of("PROVISIONER_SOURCE_TYPE", "toys")).read(null, folder);
        assertThat(read.sourceType()).isEqualTo("toys");
        assertThat(read.file()).isNull();
    }

    @Test
    void aMistypedVariableIsMentionedAndKubernetesOwnAreNot() throws IOException {
        Configuration read = read(
                Map.of(
                        "PROVISIONER_GUARDS_MAX_REVOCATION", "9",
                        "PROVISIONER_SERVICE_HOST", "10.0.0.1",
                        "PROVISIONER_PORT_8080_TCP_ADDR", "10.0.0.1"),
                "source: {type: toys}\n");
        assertThat(read.notices())
                .singleElement()
                .asString()
                .contains("PROVISIONER_GUARDS_MAX_REVOCATION ")
                .contains("did you mean PROVISIONER_GUARDS_MAX_REVOCATIONS?");
    }

    @Test
    void withoutAnyConfigurationItSaysWhatIsExpected() {
        UsageError error =
                catchThrowableOfType(UsageError.class, () -> reader(Map.of()).read(null, folder));
        assertThat(error).hasMessageContaining("There is no configuration").hasMessageContaining("provisioner.yaml");
    }

    @Test
    void anUnknownKeyIsNamedWithItsLineAndASuggestion() {
        assertThat(refusal(Map.of(), "source: {type: toys}\n\nguards:\n  maxRevocation: 5\n"))
                .contains("Unknown key guards.maxRevocation")
                .contains("provisioner.yaml, line 4")
                .contains("did you mean guards.maxRevocations?");
    }

    @Test
    void aMissingVariableIsNamed() {
        assertThat(refusal(Map.of(), "source:\n  type: toys\n  password: ${NOT_THERE}\n"))
                .contains("NOT_THERE is not set")
                .contains("line 3");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertThat(refusal(Map.of(), "source: {type: boys}\nguards: {maxRevocations: many}\nfoo: bar\n"))
                .contains("no source of this type")
                .contains("guards.maxRevocations")
                .contains("Unknown key foo");
    }

    @Test
    void aKeyWrittenTwiceIsRefused() {
        assertThat(refusal(Map.of(), "source: {type: toys}\ncatalog: a\ncatalog: b\n"))
                .contains("\"catalog\" is there twice")
                .contains("line 3")
                .contains("line 2");
    }

    @Test
    void aSmallFileCanNotUnfoldIntoALargeOne() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) {
            String before = "*a" + (i - 1);
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, String.join(",", java.util.Collections.nCopies(10, before))));
        }
        assertThat(refusal(Map.of(), bomb.toString())).contains("unfolds to too much");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    guards: {maxRevocationPercent: 101}          | 0 to 100
                    guards: {maxAdmissions: -1}                  | 0 or more
                    schedule: {reconcile: soon}                  | 90s, 15m or 1h
                    schedule: {reconcile: 0s}                    | 90s, 15m or 1h
                    eligibility: {downloadsDisabled: maybe}      | deny or ignore
                    eligibility: {regions: {unknown: perhaps}}   | deny or allow
                    eligibility: {regions: {blocked: [Russia]}}  | two letters
                    catalog: {a: [{b: c}]}                       | Unknown key catalog.a
                    guards: 5                                    | Unknown key guards
                    [1, 2]                                       | not well-formed
                    'a: "b'                                      | not well-formed
                    """)
    void aWrongValueSaysWhatWasExpected(String yaml, String expected) {
        String source = "source: {type: toys}\n";
        assertThat(refusal(Map.of(), source + yaml.replaceAll("^'|'$", "") + "\n"))
                .contains(expected);
    }

    @Test
    void aSecretIsNotPrintedInAnError() {
        String refusal = refusal(
                Map.of("PW", "hunter2"),
                "source: {type: toys, password: \"${PW}\"}\nstore: {password: hunter2, x: 1}\n");
        assertThat(refusal).contains("Unknown key store.x").doesNotContain("hunter2");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Files.write(folder.resolve("provisioner.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 1});
        UsageError error =
                catchThrowableOfType(UsageError.class, () -> reader(Map.of()).read(null, folder));
        assertThat(error).hasMessageContaining("not UTF-8");
    }
}
