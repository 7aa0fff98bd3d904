package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleBench.BUCKET;
import static org.physionet.provisioner.adapters.gcp.GoogleBench.dataset;
import static org.physionet.provisioner.adapters.gcp.GoogleBench.policy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.settings.Settings;

/** Answers that are no answers, and calls that never arrive. */
class BrokenAnswersTest {
    private final GoogleBench bench = new GoogleBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private static String document(String id) {
        return id.startsWith("gs") ? policy("CAE=") : dataset("CAE=");
    }

    @ParameterizedTest
    @CsvSource({
        "gs://b-1, <html>a proxy</html>",
        "gs://b-1, ''",
        "gs://b-1, '{\"etag\":'",
        "bq://p1-x.ds, <html>a proxy</html>",
        "bq://p1-x.ds, ''",
        "bq://p1-x.ds, '[]'"
    })
    void aMalformedAnswerToAWriteIsUnknownAndToAReadUnavailable(String id, String answer) {
        bench.google.then(200, document(id)).then(200, answer).then(200, answer);

        assertThat(bench.change(GoogleBench.resource(id), "ada@example.org")).isInstanceOf(Outcome.Unknown.class);
        assertThat(bench.failure(GoogleBench.resource(id))).isInstanceOf(Outcome.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408})
    void anErrorOfTheServerLeavesAWriteOpenButNotARead(int status) {
        bench.google.then(200, policy("CAE=")).then(status, "").then(status, "");

        assertThat(bench.change(BUCKET, "ada@example.org")).isInstanceOf(Outcome.Unknown.class);
        assertThat(bench.failure(BUCKET)).isInstanceOf(Outcome.Unavailable.class);
        assertThat(bench.google.requests()).hasSize(3);
    }

    @Test
    void aWriteThatCouldNotConnectHasDoneNothingAndIsUnavailable() {
        bench.google.then(200, policy("CAE="));
        Write write = bench.write(BUCKET, "ada@example.org");
        bench.google.close();

        try (Adapter fresh = GoogleBench.adapter(bench.google.address())) {
            assertThat(fresh.write(BUCKET, write)).isInstanceOf(Outcome.Unavailable.class);
            assertThat(fresh.observe(BUCKET, Places.UNKNOWN))
                    .isInstanceOfSatisfying(
                            Observed.NotSeen.class,
                            not -> assertThat(not.why()).isInstanceOf(Outcome.Unavailable.class));
        }
    }

    @Test
    void aRequesterPaysBucketWithoutABillingProjectSaysWhichKeyToSet() {
        bench.google.thenError(400, "required", "Bucket is a requester pays bucket but no user project provided.");

        assertThat(bench.failure(BUCKET))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied -> assertThat(denied.reason()).contains("gcp.billingProject"));
    }

    @Test
    void unusableCredentialsAreDeniedWithoutShowingThem(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key.json"), "{\"private_key\":\"hush-hush\"}");
        Settings settings = new Settings("gcp", Map.of("project", "p1-x", "credentials", key.toString()), folder);

        try (Adapter adapter = new GcpAdapterProvider()
                .connect(settings, new AdapterContext(() -> GoogleBench.NOW, CallListener.NONE, Pacing.NONE))) {
            assertThat(adapter.observe(BUCKET, Places.UNKNOWN)).isInstanceOfSatisfying(Observed.NotSeen.class, not -> {
                assertThat(not.why()).isInstanceOf(Outcome.Denied.class);
                assertThat(not.why().reason()).contains("gcp.credentials").contains(key.toString());
                assertThat(not.why().reason()).doesNotContain("hush-hush");
            });
        }
    }
}
