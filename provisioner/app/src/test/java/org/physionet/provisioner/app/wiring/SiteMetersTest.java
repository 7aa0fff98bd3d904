package org.physionet.provisioner.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.pacing.SharedPacing;
import org.physionet.provisioner.engine.store.StoreException;

class SiteMetersTest {
    private Instant now = Instant.EPOCH;

    @Test
    void whileTheRecordCanNotBeAskedThisProcessKeepsToTheRateByItself() {
        SharedPacing pacing = new SharedPacing(() -> now, wait -> now = now.plus(wait), new SiteMeters(() -> {
            throw new StoreException("the disk is full", null);
        }));
        Budget ten = new Budget("p/api", 10, 1, new TreeSet<>());
        for (int i = 0; i <= 20; i++) {
            pacing.before(ten);
        }
        assertThat(Duration.between(Instant.EPOCH, now)).isEqualTo(Duration.ofSeconds(2));
    }
}
