package org.physionet.provisioner.adapters.gcp.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule.Which;

class LeaseRuleTest {
    private static final Instant NOW = Instant.parse("2027-03-10T12:00:00Z");

    private static @Nullable Instant end(Which which, @Nullable Instant until, @Nullable Instant has) {
        return new LeaseRule(which, Duration.ofDays(35)).endOf(until, NOW, has);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-05-20T10:00:00Z, 2027-06-01T00:00:00Z",
        "2027-05-01T00:00:00Z, 2027-06-01T00:00:00Z",
        "2027-05-31T23:59:59.999999Z, 2027-06-01T00:00:00Z",
        "2027-12-31T00:00:00Z, 2028-01-01T00:00:00Z",
        "2028-02-29T12:00:00Z, 2028-03-01T00:00:00Z"
    })
    void anEndIsRoundedUpSoThatItsLastInstantStillHolds(Instant last, Instant end) {
        assertThat(Lease.roundedUp(last)).isEqualTo(end).isAfter(last);
        assertThat(end(Which.EXPIRING, last, null)).isEqualTo(end);
    }

    @Test
    void aHeldRevocationWhoseEndHasPassedIsCarriedOnForAWhile() {
        assertThat(end(Which.EXPIRING, NOW.minusSeconds(60), NOW.plusSeconds(60)))
                .isEqualTo("2027-05-01T00:00:00Z");
    }

    @Test
    void whoNeverHadALeaseAndHasNoEndNeedsNone() {
        assertThat(end(Which.EXPIRING, null, null)).isNull();
        assertThat(end(Which.NONE, NOW.plusSeconds(60), NOW.plusSeconds(60))).isNull();
    }

    @Test
    void aRollingLeaseStaysWhileHalfOfItRemainsAndIsNeverLongerThanTheRule() {
        Instant half = NOW.plus(Duration.ofDays(18));
        assertThat(end(Which.ALL, null, half)).isEqualTo(half);
        assertThat(end(Which.ALL, null, NOW.plus(Duration.ofDays(17)))).isEqualTo("2027-05-01T00:00:00Z");
        assertThat(end(Which.ALL, null, Instant.parse("2037-01-01T00:00:00Z"))).isEqualTo("2027-05-01T00:00:00Z");
        assertThat(end(Which.ALL, Instant.parse("2027-03-20T00:00:00Z"), half)).isEqualTo("2027-04-01T00:00:00Z");
    }

    @Test
    void onlyOurMarkMakesAConditionOurs() {
        Lease lease = new Lease(Instant.parse("2027-06-01T00:00:00Z"));

        assertThat(lease.title()).isEqualTo("provisioner lease until 2027-06");
        assertThat(Lease.form(lease.title(), lease.expression())).isEqualTo(Entry.Form.LEASE);
        assertThat(Lease.end(lease.expression())).contains(lease.end());
        assertThat(Lease.form("until 2027-06", lease.expression())).isEqualTo(Entry.Form.OTHER);
        assertThat(Lease.form(null, lease.expression())).isEqualTo(Entry.Form.OTHER);
        assertThat(Lease.form(lease.title(), lease.expression() + " || true")).isEqualTo(Entry.Form.CHANGED_LEASE);
        assertThat(Lease.form(lease.title(), "request.time < timestamp(\"tomorrow\")"))
                .isEqualTo(Entry.Form.CHANGED_LEASE);
    }
}
