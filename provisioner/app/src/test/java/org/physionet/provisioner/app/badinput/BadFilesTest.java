package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** A configuration or catalog that is wrong ends every command with 2 before anything is touched. */
class BadFilesTest {
    @TempDir
    Path folder;

    private FilesSite site;
    private Set<String> before;

    @BeforeEach
    void aSiteAtWork() throws Exception {
        site = new FilesSite(folder);
        site.done("run");
        before = site.readers();
        site.forgetCalls();
    }

    @AfterEach
    void nobodyIsTouched() {
        assertThat(site.readers()).isEqualTo(before);
        assertThat(site.writes()).isZero();
        site.close();
    }

    private String refused(String... command) {
        Program.Result result = site.run(command);
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        if (!java.util.List.of(command).contains("--verbose")) {
            assertThat(result.err()).doesNotContain("Exception").doesNotContain("\tat ");
        }
        return result.err();
    }

    @Test
    void aCatalogThatNamesAnUnknownDatasetIsRefused() throws Exception {
        site.catalog(FilesSite.CATALOG + "  - id: demo-vi/1.0\n    resources:\n      - gcs: demo-vi.example.org\n");
        assertThat(refused("run")).contains("demo-vi/1.0", "catalog.yaml", "demo-iv/1.0");
        assertThat(refused("plan")).contains("demo-vi/1.0");
    }

    @Test
    void aCatalogThatNamesOneResourceTwiceIsRefused() throws Exception {
        site.catalog(
                FilesSite.CATALOG + "  - id: demo-ecg/1.0\n    resources:\n      - gcs: demo-iv-1.0.example.org\n");
        assertThat(refused("run")).contains("demo-iv-1.0.example.org", "catalog.yaml, line 9", "line 4");
    }

    @Test
    void aCatalogThatNamesOneDatasetTwiceIsRefused() throws Exception {
        site.catalog(FilesSite.CATALOG + "  - id: demo-iv/1.0\n    resources: []\n");
        assertThat(refused("run")).contains("demo-iv/1.0", "catalog.yaml");
    }

    @Test
    void anUnknownKeyInTheCatalogIsNamedWithItsLine() throws Exception {
        site.catalog(FilesSite.CATALOG.replace("- gcs:", "- gsc:"));
        assertThat(refused("run")).contains("gsc", "catalog.yaml", "gcs");
    }

    @Test
    void anUnknownKeyOfTheConfigurationIsNamedWithTheNearestKnownOne() throws Exception {
        site.configure("guards: {maxRevocation: 5}\n");
        assertThat(refused("run")).contains("maxRevocation", "provisioner.yaml", "maxRevocations");
    }

    @Test
    void aMissingVariableOfTheEnvironmentIsNamed() throws Exception {
        site.edit(
                folder.resolve("provisioner.yaml"),
                t -> t.replace("secretKey: test", "secretKey: \"${AWS_TOP_SECRET}\""));
        assertThat(refused("run")).contains("AWS_TOP_SECRET", "provisioner.yaml");
    }

    @Test
    void aSecretIsNeverPrinted() throws Exception {
        String secret = "hunter2-and-more";
        site.edit(
                folder.resolve("provisioner.yaml"),
                t -> t.replace(
                        "source: {type: files, path: site}",
                        "source: {type: physionet, url: \"jdbc:postgresql://127.0.0.1:1/physionet\", user: reader, password: \"${PW}\"}"));
        site.program.with("PW", secret);
        Program.Result result = site.run("run", "--verbose");
        assertThat(result.code()).as(result.err()).isEqualTo(1);
        assertThat(result.err()).contains("127.0.0.1:1").doesNotContain(secret);
        assertThat(result.out()).doesNotContain(secret);
        site.edit(
                folder.resolve("provisioner.yaml"),
                t -> t.replace("/physionet\"", "/physionet?password=" + secret + "\""));
        assertThat(refused("run", "--verbose"))
                .contains("source.url: holds a password")
                .doesNotContain(secret);
        assertThat(site.run("doctor", "--verbose").out()).doesNotContain(secret);
        assertThat(site.run("runs", "show", "last").out()).doesNotContain(secret);
    }

    @Test
    void aNumberThatIsNoneIsRefusedWithWhatWasExpected() throws Exception {
        site.configure("guards: {maxRevocations: many}\n");
        assertThat(refused("run")).contains("guards.maxRevocations", "many", "provisioner.yaml");
    }

    @Test
    void aFileThatIsNoYamlIsRefusedWithItsLine() throws Exception {
        Files.writeString(folder.resolve("provisioner.yaml"), "source: {type: files\ncatalog: [\n");
        assertThat(refused("run")).contains("provisioner.yaml", "line");
        site.configure("");
        site.catalog("datasets:\n  - id: [\n");
        assertThat(refused("run")).contains("catalog.yaml", "line");
    }

    @Test
    void aMissingConfigurationSaysWhereItWasLookedFor() {
        assertThat(refused("run", "--config", "nowhere.yaml")).contains("nowhere.yaml");
    }
}
