package org.physionet.provisioner.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.physionet.provisioner.app.support.RunningService;

/** What {@code status} and the metrics say of the revocation clock is one and the same. */
final class SameClock {
    private static final Map<String, String> STEPS =
            new TreeMap<>(Map.of("requested", "requested", "accepted", "accepted", "readBack", "read_back"));

    private SameClock() {}

    /** @param places of {@code status}, where every answer came and no canary measures */
    static void tellsSteps(JsonNode places, RunningService service) {
        assertThat(places.findValuesAsText("layout")).containsExactly("access-points", "members");
        for (JsonNode place : places) {
            String labels = "{layout=\"" + place.path("layout").asText() + "\",provider=\""
                    + place.path("provider").asText() + "\"";
            assertThat(service.metric("provisioner_revocation_seconds_count" + labels + "}"))
                    .isEqualTo(place.at("/gone/measured").asDouble())
                    .isPositive();
            STEPS.forEach((key, step) -> {
                JsonNode told = place.path(key);
                assertThat(told.path("measured")).isEqualTo(place.at("/gone/measured"));
                double shown = told.path("p95Seconds").asDouble();
                assertThat(service.metric("provisioner_revocation_step_seconds" + labels + ",step=\"" + step
                                + "\",quantile=\"0.95\"}"))
                        .isBetween(shown, shown + 1);
            });
            assertThat(place.at("/effective/measured").asInt()).isZero();
        }
    }
}
