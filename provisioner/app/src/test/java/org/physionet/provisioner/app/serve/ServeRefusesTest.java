package org.physionet.provisioner.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.RunningService;
import org.physionet.provisioner.app.support.ToySite;

/** What the service does not begin with, and whom it does not answer. */
class ServeRefusesTest {
    @TempDir
    Path folder;

    @Test
    void whatNoRunCouldBeginWithIsRefusedAtTheStart() throws Exception {
        ToySite site = new ToySite(folder).person(1, "ada", true);
        site.write("catalog.yaml", "datasets: [{id: notes/1.0, resources: [{s3: some-bucket/notes/}]}]\n");
        Program.Result refused = assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> new Program(folder).with("PROVISIONER_SERVE_PORT", "0").run("serve"));
        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains("aws.account");
    }

    @Test
    void anAddressThatOthersCanReachIsRefused() {
        new ToySite(folder);
        Program.Result result =
                new Program(folder).with("PROVISIONER_SERVE_ADDRESS", "0.0.0.0").run("serve");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("serve.address", "127.0.0.1", "0.0.0.0");
    }

    @Test
    void aPageThatAsksUnderAnotherNameIsRefused() throws Exception {
        new ToySite(folder);
        try (RunningService service = new RunningService(
                        folder, Map.of("PROVISIONER_SERVE_PORT", "0", "PROVISIONER_SCHEDULE_RECONCILE", "5d"));
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), service.address().getPort())) {
            socket.getOutputStream()
                    .write("GET /metrics HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("provisioner_");
        }
    }
}
