package org.physionet.provisioner.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.RunningService;

/** The service on the embedded database. */
class ServeTest {
    private static final String ANY_PORT = "serve: {port: 0}";

    @TempDir
    Path folder;

    @Test
    void itRunsAtOnceAnswersForItsHealthWorksBesideCommandsAndEndsInOrder() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.configure(ANY_PORT);
            RunningService service = new RunningService(folder);
            service.awaitScheduledRuns(1);
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV))
                    .as(service.err())
                    .isTrue();

            assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = service.get("/health/ready");
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            assertThat(service.get("/").statusCode()).isEqualTo(404);

            Program.Result revoked = site.done("revoke", "ada", "--reason", "stolen laptop", "--yes");
            assertThat(site.canRead(FilesSite.ADA, FilesSite.IV))
                    .as(revoked.err())
                    .isFalse();
            assertThat(service.metric("provisioner_holds")).isEqualTo(1);

            service.stop();
            assertThat(service.awaitEnd()).as(service.err()).isZero();
            site.ledgerIsWhole();
        }
    }
}
