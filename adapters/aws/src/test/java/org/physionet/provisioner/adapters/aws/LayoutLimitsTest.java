package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.LayoutLimit;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** What the planner believes that a bucket's policy holds, it holds. */
class LayoutLimitsTest {
    private static LayoutLimit limit(String layout) {
        return new S3ResourceKind()
                .limits(new S3ResourceKind().parse("data/a/"), Map.of()).stream()
                        .filter(l -> l.layout().equals(layout))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void asManyReadersAsTheLimitAllowsFitIntoABucketsPolicy() throws Exception {
        LayoutLimit policy = limit("bucket-policy");
        int readers = 0;
        while (policy.used(readers + 1.0) <= policy.limit()) {
            readers++;
        }
        assertThat(readers).isGreaterThan(350);
        try (SimulatedBucketPolicy world = new SimulatedBucketPolicy();
                var adapter = world.provider()
                        .connect(
                                world.settings(),
                                new org.physionet.provisioner.engine.adapter.AdapterContext(
                                        java.time.InstantSource.system(),
                                        org.physionet.provisioner.engine.adapter.CallListener.NONE,
                                        org.physionet.provisioner.engine.adapter.Pacing.NONE))) {
            Resource resource = world.newResource();
            TreeMap<Principal, Target.Edge> edges = new TreeMap<>();
            for (int n = 0; n < readers; n++) {
                Principal principal = AwsIdentityKind.of("AIDA%017d".formatted(n));
                edges.put(principal, new Target.Edge(principal, null, null));
            }
            var seen = (Observed.Seen) adapter.observe(resource, Places.UNKNOWN);
            assertThat(adapter.render(resource, seen.observation(), new Target(edges), Places.UNKNOWN)
                            .unfit())
                    .isEmpty();
        }
    }

    @Test
    void tenThousandReadersAreFourteenAccessPointsOrFewer() {
        assertThat(Math.floor(limit("access-points").used(10_000))).isEqualTo(14);
    }
}
