package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** A bucket's retention policy and its lock (cloud.google.com/storage/docs/bucket-lock). */
class RetentionPolicyTest {
    private static final String BUCKET = "/storage/v1/b/copies";

    private final LiveWorld world = Google.open();

    @BeforeEach
    void make() {
        world.send(
                "POST",
                "/storage/v1/b?project=p1",
                "{\"name\":\"copies\",\"retentionPolicy\":{\"retentionPeriod\":\"86400\"}}");
        assertThat(put("one").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private HttpResponse<String> put(String text) {
        return world.send("POST", "/upload/storage/v1/b/copies/o?uploadType=media&name=part", text);
    }

    private HttpResponse<String> period(String seconds) {
        return world.send("PATCH", BUCKET, "{\"retentionPolicy\":{\"retentionPeriod\":" + seconds + "}}");
    }

    @Test
    void whatIsRetainedIsNeitherDeletedNorReplacedBeforeItsTime() {
        for (HttpResponse<String> refused :
                java.util.List.of(put("two"), world.send("DELETE", BUCKET + "/o/part", ""))) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("retentionPolicyNotMet").contains("until");
        }
        world.simulator().load(world.simulator().state());
        assertThat(world.send("DELETE", BUCKET + "/o/part", "").statusCode()).isEqualTo(403);
        assertThat(world.send("GET", BUCKET + "/o/part?alt=media", "").body()).isEqualTo("one");
        world.simulator().clock().advance(Duration.ofDays(1).plusSeconds(1));
        assertThat(world.send("DELETE", BUCKET + "/o/part", "").statusCode()).isEqualTo(204);
    }

    @Test
    void aPolicyThatIsNotLockedCanBeTakenOff() {
        assertThat(world.send("PATCH", BUCKET, "{\"retentionPolicy\":null}").statusCode())
                .isEqualTo(200);
        assertThat(world.send("DELETE", BUCKET + "/o/part", "").statusCode()).isEqualTo(204);
    }

    @Test
    void aLockedPolicyGrowsButNeitherShrinksNorGoes() {
        assertThat(world.send("POST", BUCKET + "/lockRetentionPolicy", "").statusCode())
                .isEqualTo(400);
        assertThat(world.send("POST", BUCKET + "/lockRetentionPolicy?ifMetagenerationMatch=7", "")
                        .statusCode())
                .isEqualTo(412);
        assertThat(world.json("POST", BUCKET + "/lockRetentionPolicy?ifMetagenerationMatch=1", "")
                        .at("/retentionPolicy/isLocked")
                        .asBoolean())
                .isTrue();
        assertThat(period("3600").statusCode()).isEqualTo(403);
        assertThat(world.send("PATCH", BUCKET, "{\"retentionPolicy\":null}").statusCode())
                .isEqualTo(403);
        assertThat(world.send("PUT", BUCKET, "{}").statusCode()).isEqualTo(403);
        assertThat(period("172800").statusCode()).isEqualTo(200);
        var kept = world.json("GET", BUCKET, "").path("retentionPolicy");
        assertThat(kept.path("isLocked").asBoolean()).isTrue();
        assertThat(kept.path("retentionPeriod").asText()).isEqualTo("172800");
    }
}
