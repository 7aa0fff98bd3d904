package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;

/** Every call asks for leave before it is sent, once, and says so when AWS finds them too many. */
class PaceTest {
    private final ScriptedAws aws = new ScriptedAws();
    private final List<String> happened = new ArrayList<>();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void everyCallAsksBeforeItIsSent() {
        aws.error(404, "NoSuchBucketPolicy", "none");
        try (Adapter adapter = connect(Map.of("controlRate", "7.5"))) {
            adapter.observe(ScriptedAws.resource("data/x/", "bucket-policy"), Places.UNKNOWN);

            Budget budget = adapter.capabilities().budgets().getFirst();
            assertThat(budget.perSecond()).isEqualTo(7.5);
            assertThat(happened)
                    .containsExactly(
                            "before aws/111122223333/us-east-1/control with 0 sent", "called s3.GetBucketPolicy");
        }
    }

    @ParameterizedTest(name = "{0} {1} slows down: {2}")
    @CsvSource({
        "503, SlowDown, true",
        "503, ServiceUnavailable, true",
        "429, TooManyRequestsException, true",
        "400, Throttling, true",
        "400, RequestLimitExceeded, true",
        "500, InternalError, false",
        "403, AccessDenied, false",
        "409, OperationAborted, false",
    })
    void tooManyCallsAreToldOnceAndNotRepeated(int status, String code, boolean slowsDown) {
        aws.error(status, code, "");
        try (Adapter adapter = connect(Map.of("controlRate", "5"))) {
            adapter.observe(ScriptedAws.resource("data/x/", "access-points"), Places.UNKNOWN);

            assertThat(aws.requests).hasSize(1);
            assertThat(happened.stream().filter("refused"::equals)).hasSize(slowsDown ? 1 : 0);
        }
    }

    @Test
    void anEmulatorIsNotPacedUnlessARateIsSet() {
        aws.error(404, "NoSuchBucketPolicy", "none");
        try (Adapter adapter = connect(Map.of())) {
            adapter.observe(ScriptedAws.resource("data/x/", "bucket-policy"), Places.UNKNOWN);

            assertThat(happened).containsExactly("called s3.GetBucketPolicy");
        }
    }

    @Test
    void oneBudgetPaysForEveryCallOfEveryLayoutAndCheck() {
        try (SimulatedAccessGrants world = new SimulatedAccessGrants();
                Adapter adapter = world.provider()
                        .connect(
                                world.settings(),
                                new AdapterContext(
                                        InstantSource.system(),
                                        (method, write, outcome) -> happened.add(method),
                                        Pacing.NONE))) {
            for (String layout : new S3ResourceKind().layouts()) {
                var resource = ScriptedAws.resource(
                        S3Location.of(world.newResource().id()).bucket() + "/mimiciv/3.1/", layout);
                adapter.observe(resource, Places.UNKNOWN);
                adapter.check(resource);
            }
            assertThat(adapter.capabilities().budgets()).hasSize(1);
            assertThat(adapter.capabilities().budgets().getFirst().methods()).containsAll(happened);
        }
    }

    private Adapter connect(Map<String, String> more) {
        return aws.adapter(more, (method, write, outcome) -> happened.add("called " + method), new Pacing() {
            @Override
            public void before(Budget budget) {
                happened.add("before " + budget.name() + " with " + aws.requests.size() + " sent");
            }

            @Override
            public void refused(Budget budget) {
                happened.add("refused");
            }
        });
    }
}
