package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.Json;

/** A site of a plausible size stays quick enough to ask about every pair. */
class ScaleTest {
    private static final int SHARDS = 60;
    private static final int IDS = 750;
    private static final int QUESTIONS = 2000;
    /** From one person asked about to the next, so that all shards are. */
    private static final int STEP = 25;

    private static String id(int number) {
        return "AIDA%017d".formatted(number);
    }

    @Test
    void twoThousandQuestionsOverFortyFiveThousandGrantsTakeSeconds() {
        try (AwsWorld world = AwsWorld.open()) {
            ObjectNode state = Json.MAPPER.createObjectNode();
            ObjectNode bucket = state.putArray("buckets").addObject().put("name", AwsWorld.BUCKET);
            bucket.set("policy", Json.parse(AwsWorld.delegation(AwsWorld.BUCKET)));
            ArrayNode points =
                    state.putObject("accounts").putObject(AwsWorld.ACCOUNT).putArray("accessPoints");
            for (int shard = 0; shard < SHARDS; shard++) {
                int first = shard * IDS;
                String name = "shard-%03d".formatted(shard);
                String[] ids = IntStream.range(first, first + IDS)
                        .mapToObj(ScaleTest::id)
                        .toArray(String[]::new);
                points.addObject()
                        .put("name", name)
                        .put("bucket", AwsWorld.BUCKET)
                        .set("policy", Json.parse(AwsWorld.shard(name, "set-" + shard % 6 + "/", ids)));
            }
            world.with(state.toString());

            // The processor's time, so that a busy machine fails nobody.
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            int allowed = 0;
            for (int i = 0; i < QUESTIONS; i++) {
                allowed += world.canRead(id(i * STEP), "s3://data-one/set-" + i % 6 + "/")
                                .allowed()
                        ? 1
                        : 0;
            }
            Duration took = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);

            long expected = IntStream.range(0, QUESTIONS)
                    .filter(i -> i * STEP / IDS < SHARDS && i * STEP / IDS % 6 == i % 6)
                    .count();
            assertThat(allowed).isEqualTo((int) expected);
            assertThat(took).isLessThan(Duration.ofSeconds(4));
        }
    }
}
