package org.physionet.provisioner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

class AuditTest {
    @TempDir
    Path folder;

    @Test
    void anExportedLedgerVerifiesWithoutTheSiteAndAnEditIsNamed() throws Exception {
        ToySite site = new ToySite(folder.resolve("site")).person(1, "ada", true);
        site.run("run");
        assertThat(site.run("audit", "export", "l.ndjson").code()).isZero();
        assertThat(site.run("audit", "export", "l.ndjson").code())
                .as("it is not overwritten")
                .isEqualTo(2);
        Path file = folder.resolve("site/l.ndjson");
        assertThat(new Program(folder).run("audit", "verify", file.toString()).code())
                .isZero();

        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"action\":\"grant\"", "\"action\":\"revoke\""));
        assertThat(Files.readString(file)).isNotEqualTo(text);
        Program.Result edited = new Program(folder).run("audit", "verify", file.toString(), "--output", "csv");
        assertThat(edited.code()).isEqualTo(1);
        assertThat(edited.out()).contains("edited,");
    }

    @Test
    void anOpaqueExportNamesNobody() throws Exception {
        ToySite site = new ToySite(folder.resolve("site")).person(1, "ada", true);
        site.run("run");
        site.run("audit", "export", "named.ndjson");
        site.run("audit", "export", "opaque.ndjson", "--opaque");
        assertThat(Files.readString(folder.resolve("site/named.ndjson"))).contains("card:1");
        assertThat(Files.readString(folder.resolve("site/opaque.ndjson")))
                .doesNotContain("card:1")
                .doesNotContain("\"ada\"");
        assertThat(site.run("audit", "verify", "opaque.ndjson").code()).isZero();
    }
}
